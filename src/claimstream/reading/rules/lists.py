"""Lists of noun phrases, and the prepositional phrases that belong to one."""

from __future__ import annotations

from claimstream.reading.rules.attachment import REACH
from claimstream.reading.rules.subjects import Item, Subjects, is_word
from claimstream.reading.rules.words import clause_words, lexicon

_NEARLY = clause_words("nearly")
_RIDDING = clause_words("ridding")
_BEHIND_NAMES = clause_words("behind_names")

_PLACING = frozenset("in at on inside".split())
"""Prepositions of places, any of which may stand before the next member of a list."""
BROADCASTERS = frozenset(("radio", "television", "tv"))
"""Voices that are buildings as well: "the palace, the radio and the port"."""


class Lists(Subjects):
    """Adds the members of "A, B and part of C"."""

    def items(self, j: int) -> list[Item]:
        """The members of the list of noun phrases that begins at `j`."""
        found: list[Item] = []
        at = j
        conjoined = anded = False
        for _ in range(12):
            if at >= self.count or self.phrases[at].kind != "np":
                break
            end = self._tail(at)
            item = Item(at, end)
            if found and self.phrases[at].word == "exception":
                break  # "is held by the army, with the exception of A and B"
            if found and self.phrases[at].cls == "people" and self.phrases[at].word not in BROADCASTERS:
                break  # "took Belen, its commander, Ali, said"
            if found and self.names_speaker(at, end):
                break
            if found and self._is_apposition(found[-1], item):
                found[-1] = Item(found[-1].at, end)
            elif len(found) == 1 and self._lists_names(found[0], item):
                found = [item]  # "two villages, Abu Rashid and al-Ajil"
            elif found and self._begins_clause(item) and not self._made_so(j, item):
                break
            else:
                found.append(item)
            follow, closed = end, anded and len(found) > 1
            joined = False
            reach = end + 8
            while follow < self.count and follow < reach:
                phrase = self.phrases[follow]
                past = self.aside(follow) if follow == end and is_word(phrase, ",") else -1
                if past > 0 and self._goes_on(past + 1):
                    follow, reach = past + 1, past + 9  # "the port, six miles to the east, and the mill"
                    continue
                if follow == end and is_word(phrase, "R") and phrase.word in _BEHIND_NAMES:
                    pass
                elif phrase.word == "but" and not (follow + 1 < self.count and self.phrases[follow + 1].word == "also"):
                    break  # "hold the market, but the bridge is ours"
                elif is_word(phrase, "K") or phrase.word in ("including", "plus", "then"):
                    joined = conjoined = True
                    anded = anded or is_word(phrase, "K")
                elif [p.word for p in self.phrases[follow : follow + 3]] == ["as", "well", "as"]:
                    joined = conjoined = True
                    follow += 2
                elif joined and phrase.kind == "np" and phrase.cls == "time" and self._comma_at(follow + 1):
                    pass  # "and, last week, the port"
                elif joined and phrase.word == "among" and self._pointing_at(follow + 1):
                    conjoined = True
                    follow += 1  # "three quarters of the city, among them the port"
                elif joined and phrase.word in ("before", "after", "with") and self._pointing_at(follow + 1):
                    follow += 1  # "and before it the port"
                elif joined and is_word(phrase, "R") and phrase.word in ("later", "finally", "lastly", "soon", "also"):
                    conjoined = True
                elif is_word(phrase, "I") and phrase.word == "along" and not self._with_at(follow + 1):
                    if follow != end:
                        break
                    follow += 1  # past "the villages along the railway", which is held by nobody for that
                elif is_word(phrase, ",") or (
                    phrase.kind == "w" and phrase.word in ("including", "plus", "well", "along", "together", "then")
                ):
                    joined = True
                elif joined and phrase.kind == "w" and phrase.word in ("as", "with", "from", "also", "of", "finally"):
                    pass
                elif joined and phrase.kind == "w" and phrase.word in _NEARLY and self._share_at(follow + 1):
                    pass  # "the port and about four-fifths of the city"
                elif joined and phrase.kind == "w" and j and self._led_alike_by(phrase.word, self.phrases[j - 1].word):
                    pass  # "from the hall, from the mosque and from the bridge", "in the town and at the dam"
                elif joined and phrase.kind == "w" and phrase.cls in "ISR" and self._time_at(follow + 1):
                    follow += 1
                else:
                    break
                follow += 1
            only_comma = closed and follow == end + 1  # "the port and the mill, Ali said": no third member
            if (
                not joined
                or (only_comma and self.phrases[follow - 1].word == "," and not self._listed_on(follow))
                or follow >= self.count
                or self.phrases[follow].kind != "np"
                or self.phrases[follow].cls in ("time", "pron")
                or (is_word(self.phrases[follow - 1], "I") and self._sets_scene(follow))
            ):
                break
            at = follow
        if len(found) > 1 and not conjoined and self.phrases[found[0].end].word == ",":
            # Without "and" the second is no member but another word for the first: "the capital, Juba".
            first, second = self.phrases[found[0].at], self.phrases[found[1].at]
            named = (
                first.cls == "asset" and not first.names and found[0].end == found[0].at + 1 and second.cls == "name"
            )
            bare = [self.phrases[item.at].cls == "asset" and not self.phrases[item.at].det for item in found]
            if all(bare) and found[-1].end >= self.count:
                return found  # a headline: "Rebels take port, airport"
            if self._two_of_a_line(found):
                return found
            return found[1:2] if named else found[:1]
        return found

    def _listed_on(self, at: int) -> bool:
        """Whether a list goes on behind its "and": "A and B, C and D", not "A and B, Ali and Omar say"."""
        if at >= self.count or self.phrases[at].cls not in ("asset", "share"):
            return False
        end = self._tail(at)
        second = end + 1
        joined = second < self.count and is_word(self.phrases[end], "K") and self.phrases[second].kind == "np"
        told = joined and self.phrases[second].cls in ("asset", "share", "name")
        return told and not self._begins_clause(Item(second, self._tail(second)))

    def _two_of_a_line(self, found: list[Item]) -> bool:
        """Whether a line without a full stop takes two names: "Rebels take Belen, Darin as army flees"."""
        names = all(self.phrases[item.at].cls == "name" and item.end == item.at + 1 for item in found)
        end = found[-1].end
        closed = end >= self.count or (self.phrases[end].kind == "w" and self.phrases[end].cls in "SI;")
        return len(found) == 2 and names and closed and not is_word(self.phrases[-1], ".?")

    def _sets_scene(self, at: int) -> bool:
        """Whether a clause follows on the place at `at`: "they are in the town, and in the yard she counted bodies"."""
        end = self._tail(at)
        acting = end + 1 < self.count and self.phrases[end].kind == "np" and self.phrases[end + 1].kind == "vg"
        return acting and self.phrases[end].cls == "pron" and self.phrases[end + 1].form == "fin"

    def _led_alike_by(self, word: str, first: str) -> bool:
        return word == first or {word, first} <= _PLACING

    def _goes_on(self, j: int) -> bool:
        """Whether "and" or "as well as" stands at `j`."""
        words = [phrase.word for phrase in self.phrases[j : j + 3]]
        return j < self.count and (is_word(self.phrases[j], "K") or words == ["as", "well", "as"])

    def _with_at(self, j: int) -> bool:
        return j < self.count and self.phrases[j].word == "with"

    def _comma_at(self, j: int) -> bool:
        return j < self.count and is_word(self.phrases[j], ",")

    def _pointing_at(self, j: int) -> bool:
        return j < self.count and self.phrases[j].word in ("it", "them", "that")

    def _share_at(self, j: int) -> bool:
        return j < self.count and self.phrases[j].cls == "share"

    def _time_at(self, j: int) -> bool:
        return j < self.count and self.phrases[j].cls == "time"

    def _lists_names(self, first: Item, item: Item) -> bool:
        head, name = self.phrases[first.at], self.phrases[item.at]
        comma = is_word(self.phrases[item.at - 1], ",") and first.end >= item.at - 2
        if first.end > first.at + 2 and self.phrases[first.at + 1].word == "of" and self.phrases[first.at + 2].names:
            return False  # "the settlements of Abu Rashid, al-Ajil"
        return comma and head.cls == "asset" and head.plural and not head.names and name.cls == "name"

    def _is_apposition(self, item: Item, following: Item) -> bool:
        before, after = self.phrases[item.at], self.phrases[following.at]
        comma = is_word(self.phrases[following.at - 1], ",")
        named = bool(before.names) or self.phrases[item.end - 1].cls == "name"
        described = after.det in ("a", "an", "the", "one") or (
            not after.det and after.mods and after.mods[0] in lexicon().loose
        )
        described = described or (after.owner is not None and "settlement" in lexicon().assets.get(after.word, ()))
        return comma and named and bool(described) and not after.names and after.cls in ("asset", "other", "share")

    def names_speaker(self, at: int, end: int) -> bool:
        """Whether the name at `at` is that of who speaks: "they hold the centre, Ali Haddad, the governor, said"."""
        if self.phrases[at].cls != "name" or not self._comma_at(end) or end + 3 >= self.count:
            return False
        office = self.phrases[end + 1]
        if office.kind != "np" or office.plural or office.cls not in ("people", "other"):
            return False
        for follow in range(end + 2, min(end + 8, self.count - 1)):
            if self._comma_at(follow):
                verb = self.phrases[follow + 1]
                return verb.kind == "vg" and verb.word in self.moods["saying verbs"] | {"tell"}
        return False

    def _made_so(self, j: int, item: Item) -> bool:
        """Whether the verb behind the list says what its members are made: "kept A and B shut"."""
        making = j > 0 and self.phrases[j - 1].kind == "vg" and self.phrases[j - 1].word in self.moods["making verbs"]
        made = self.phrases[item.end]
        if not making or made.aux or not made.mods or made.mods[0] not in self.moods["making states"]:
            return False
        return item.end + 1 >= self.count or self.phrases[item.end + 1].kind == "w"

    def _begins_clause(self, item: Item) -> bool:
        end = item.end
        while end < self.count and is_word(self.phrases[end], "R"):
            end += 1
        if end >= self.count:
            return False
        follow = self.phrases[end]
        led = item.at > 1 and is_word(self.phrases[item.at - 1], "I") and is_word(self.phrases[item.at - 2], "K")
        if led and follow.kind == "np" and end + 1 < self.count and self.phrases[end + 1].kind == "vg":
            return self.phrases[end + 1].form in ("fin", "base")  # "in the town, and in the square she saw"
        if follow.kind == "vg":
            return follow.form in ("fin", "base") and not (end + 1 < self.count and self.phrases[end + 1].word == "by")
        if is_word(follow, "W"):  # "held by militias, and the men who held out there are gone"
            verbs = [v for v in range(end, min(end + REACH, self.count)) if self.phrases[v].kind == "vg"]
            return any(self.subject(v) == (item.at,) for v in verbs[1:3] if self.phrases[v].form == "fin")
        return False

    def _emptied(self, at: int) -> bool:
        """Whether the verb before phrase `at`, or a noun before "of", says that places are rid of somebody."""
        verb = self.verb_before(at)
        return verb >= 0 and self.phrases[verb].word in _RIDDING

    def _tail(self, at: int) -> int:
        """The first phrase after the noun phrase at `at` with the prepositional phrases that belong to it."""
        end = at + 1
        for _ in range(4):
            if (
                end + 1 < self.count
                and is_word(self.phrases[end], "IT")
                and self.phrases[end + 1].kind == "np"
                and self.phrases[end + 1].cls != "time"
            ):
                link, inner = self.phrases[end].word, self.phrases[end + 1]
                if link not in self.moods["joining prepositions"] or (inner.word == "those" and link != "of"):
                    break  # "the port in those of the army": in its hands
                if inner.cls == "pron" and link in ("around", "near", "of", "in") and inner.word in ("it", "them"):
                    end += 2  # "the country around it"
                    continue
                if link != "of" and inner.cls in ("side", "people", "pron"):
                    break
                if inner.cls == "side" and (self.phrases[end - 1].cls == "name" or self._emptied(at)):
                    break  # "purged the town of Belen of the rebels", "the airport and the port of rebels"
                if link == "in" and inner.cls == "other" and not inner.det and inner.end == inner.start + 1:
                    break  # "raised it over the port in execution of orders"
                route = "route" in lexicon().assets.get(self.phrases[at].word, ())
                if link == "for" and self.phrases[at].word in ("fight", "battle", "fighting"):
                    route = True
                both = link == "between" and (
                    inner.cls == "share" or inner.word == "them"
                )  # "the road between the two"
                way = route and (inner.cls in ("name", "asset") or both)
                if link in ("to", "from", "between", "for", "along") and not way:
                    break
                if link == "between" and end + 3 < self.count and is_word(self.phrases[end + 2], "K"):
                    end += 2
                end += 2
            elif (
                end + 1 < self.count
                and is_word(self.phrases[end], "R")
                and self.phrases[end].word in ("north", "south", "east", "west")
                and self.phrases[end + 1].word == "of"
            ):
                end += 1
            else:
                break
        return end
