"""What "it" and "the plant" are: references to places within one article.

Looks back from the mention, a few sentences at most. Sentences are taken apart only when a look back reaches them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from claimstream.lexicon import load
from claimstream.lexicon.names import default
from claimstream.lexicon.places import capital_of, capitals, normal, seat
from claimstream.reading.discourse.actors import BACK
from claimstream.reading.discourse.groups import townlike_name
from claimstream.reading.discourse.owntown import town_told, witness_town
from claimstream.reading.discourse.parsed import once
from claimstream.reading.discourse.towns import NEAR, SURELY, Towns
from claimstream.reading.rules.assets import Named, demonyms, name_asset
from claimstream.reading.rules.clauses import Item, moods
from claimstream.reading.rules.words import lexicon, listed

LEAD = 4
"""How many sentences from the title on may say which town its "town" is."""
_RAISING = 16
"""Words that a sentence has at most which only brings up what the next is about."""
_HEADING = 9
"""Tokens that a heading has at most, with a second name in brackets and the full stop."""
_RAISED_FOR = 3
"""How many sentences behind its heading "it" may open."""
_RAISED = frozenset(("more on", "what about", "more about", "now to", "how about", "what of", "turning to"))
"""With which it begins, or behind one word: "and what about"."""
_CAME_TO = frozenset(("in", "on", "at", "into", "inside", "to"))
_NEAR_BEFORE = 4
"""How many sentences back a thing may have been named that another noun points back to."""
_LANES = frozenset("lanes alleys alleyways backstreets".split())
_TOWN = Named("town", frozenset(("settlement",)), head="town")


@cache
def standing_for() -> dict[str, frozenset[str]]:
    """For each noun those nouns that it can point back to."""
    return {noun: frozenset(words.split()) for noun, words in load("reference")["also"].items()}


class Discourse(Towns):
    """The article as far as references need it."""

    def asset(self, i: int, named: Named, before: int) -> tuple[str, str, bool]:
        """Name, place and whether it could be resolved, of an asset mentioned in sentence `i` before token `before`."""
        if named.pron == "anything":
            way = self._way_before(i)
            return (way.text, way.place, True) if way else ("", "", False)
        if named.pron == "rest":
            town = self._town_in_focus(i) or self.main_place
            return town, "", bool(town)
        if named.pron:
            found = self._left_behind(i, before) if named.head == "focus" else self._thing_before(i, before)
            lone = self.town(i, _TOWN, before) if found is None and named.head == "focus" else ""
            if lone:
                return lone, "", True
            return (found.text, found.place, True) if found else (named.pron, "", False)
        if self._of_a_country(i, named):
            named = replace(named, text=named.head, generic=True, definite=True)
        if named.head == "capital" and named.place:
            return self._capital(named.place) or f"capital of {named.place}", "", True
        if named.generic and named.head.removesuffix("s") in listed("inner_parts") and " " not in named.text:
            house = self._house_before(i)
            if house is not None:
                return house.text, house.place, True
        bare = named.generic and named.definite and not named.place and " " not in named.text
        other = self._other_word(i, named.head, before) if bare else None
        if other is not None:
            return other.text, other.place, True
        tokens = self.sentences[i].tokens
        if bare and named.head in _LANES and "around" in [token.lower for token in tokens[named.last : named.last + 1]]:
            return "", "", False  # "in the lanes around the market": of which quarter
        if bare and named.head == "place" and not (self.focus and self.focus[-1][0] == i):
            return "", "", False  # "has held the place all along": which, only the same sentence tells surely
        if bare and named.head in listed("any_site"):
            vague = named.head.removesuffix("s") in lexicon().vague
            site = "site" in named.classes and named.head != "place"
            called = None if vague or not site else self._namesake(i, named.head, before)
            if called is not None and called.text != named.text:
                return called.text, called.place, True  # "the plant" is the Belen plant, not the ministry named since
            found = self._building_before(i, before) if vague else self._thing_before(i, before, site=site)
            fits = found is not None and not (site and "site" not in found.classes)  # "the post" is no town
            if fits and found is not None and found.text and found.head != named.head:
                return found.text, found.place, True
            if vague or named.text == "position":
                return "", "", False  # "the building", where none was spoken of
        if named.generic and "settlement" in named.classes and not named.place:
            told = town_told(self.parsed(i), named, before)
            if told:
                return told, "", True
        if bare and named.head:
            if {"settlement", "area"} & named.classes:
                found_name = self._named_place(i, named, before)
                if found_name:
                    return found_name, "", True
            same = None if {"settlement", "area"} & named.classes else self._namesake(i, named.head, before)
            if same is not None:
                return same.text, same.place, True
            return named.text, "", not {"settlement"} & named.classes
        return named.text, named.place, True

    def _other_word(self, i: int, head: str, before: int) -> Named | None:
        """What bears a name and was called by another noun just before: "Belen airstrip" for "the strip"."""
        kinds = standing_for().get(head, frozenset())
        for back in range(_NEAR_BEFORE if kinds else 0):
            if back > i or self._calls(i - back, head, before if not back else -1):
                return None
            parsed = self.parsed(i - back)
            named_ones = [Item(at, at + 1) for at, p in enumerate(parsed.phrases) if p.kind == "np" and p.cls == "name"]
            for item in sorted({*parsed.places, *named_ones}, key=lambda item: -item.at):
                phrase = parsed.phrases[item.at]
                first = parsed.sentence.tokens[phrase.start + bool(phrase.det)].lower  # "Fort Mabira"
                called = phrase.word in kinds or (phrase.cls == "name" and first in kinds)
                if called and (back or phrase.end <= before):
                    whole = Item(item.at, parsed.clauses._tail(item.at))
                    named = name_asset(parsed.clauses, parsed.sentence.tokens, whole)
                    if named is not None and (named.place or not named.generic) and not named.pron:
                        return named
        return None

    def _calls(self, i: int, head: str, before: int) -> bool:
        """Whether sentence `i`, up to token `before`, has a thing of that noun: then "the strip" is that one."""
        parsed = self.parsed(i)
        found = [parsed.phrases[item.at] for item in parsed.places]
        own = [p for p in found if p.word == head and (p.names or p.det not in ("the", "that", "this"))]
        return any(before < 0 or p.end <= before for p in own)

    def _of_a_country(self, i: int, named: Named) -> bool:
        """Whether only a country's name stands before the noun: "rebels seize Norland town"."""
        if named.generic or "settlement" not in named.classes or named.head not in self.sentences[i].text:
            return False
        at = named.first
        return self.parsed(i).known.get(at) == "country" and self.sentences[i].tokens[at].text == named.text

    def _capital(self, whose: str) -> str:
        """The capital of a country, or of a region whose capital is the only one that the article speaks of."""
        nation = "" if normal(whose) in listed("regional_peoples") else default().people.get(normal(whose), "")
        town = seat(nation) if nation else capital_of(whose)
        told = [] if town else [name for name, called in self.kinds.items() if "capital" in called]
        told = [name for name in told if normal(name) not in capitals()]
        return town or (told[0] if len(told) == 1 else "")

    def _namesake(self, i: int, head: str, before: int) -> Named | None:
        """The thing of that noun which the article has called by a name, for "the airport" behind "Belen airport".

        Where several bear a name, only one that was spoken of just now; in a title, what the text below it names.
        """
        found = once(self.made, f"namesakes of {head}", lambda: self._find_namesakes(head))
        if self.sentences[i].title:
            return found[0][1] if len({named.text for _, named in found}) == 1 and found[0][0] <= LEAD else None
        told = [(j, named) for j, named in found if j < i or (j == i and named.last <= before)]
        if not told or (len({named.text for _, named in told}) > 1 and i - told[-1][0] > 1):
            return None
        return told[-1][1]

    def _find_namesakes(self, head: str) -> list[tuple[int, Named]]:
        """The assets of that noun which the article calls by a name, with their sentences, in order."""
        found: list[tuple[int, Named]] = []
        for j, sentence in enumerate(self.sentences):
            if not any(token.lower == head for token in sentence.tokens):
                continue
            parsed = self.parsed(j)
            for item in parsed.places:
                if parsed.phrases[item.at].word == head:
                    whole = Item(item.at, parsed.clauses._tail(item.at))
                    named = name_asset(parsed.clauses, sentence.tokens, whole)
                    if (
                        named is not None
                        and not named.pron
                        and (named.place or any(w[0].isupper() for w in named.text.split()))
                    ):
                        found.append((j, named))
            for at, phrase in enumerate(parsed.phrases):
                first = phrase.start + bool(phrase.det)
                led = phrase.kind == "np" and phrase.cls == "name" and first < phrase.head
                if led and sentence.tokens[first].lower == head:  # "Fort Mabira"
                    named = name_asset(parsed.clauses, sentence.tokens, Item(at, at + 1))
                    if named is not None and not named.pron:
                        found.append((j, named))
        return found

    def _way_before(self, i: int) -> Named | None:
        """The road, corridor or crossing spoken of last, a few sentences back at most."""
        for back in range(1, BACK):
            if back > i:
                return None
            parsed = self.parsed(i - back)
            for item in reversed(parsed.places):
                if "route" in lexicon().assets.get(parsed.phrases[item.at].word, frozenset()):
                    return self._full(i - back, item)
        return None

    def _left_behind(self, i: int, before: int) -> Named | None:
        """What "the garrison left" leaves: a common noun earlier in the sentence, else the asset last spoken of."""
        parsed = self.parsed(i)
        opening = (
            parsed.phrases[1] if len(parsed.phrases) > 1 and parsed.phrases[0].word in ("in", "at", "inside") else None
        )
        opened = opening is not None and opening.cls == "name"
        brought = self._spoken_of(i) if parsed.phrases[0].word == "as" else None
        if brought is not None and brought.last <= before:
            return brought
        for item in reversed(parsed.scenes):
            phrase = parsed.phrases[item.at]
            led = parsed.phrases[item.at - 1].word if item.at else ""
            follow = parsed.phrases[item.end].word if item.end < len(parsed.phrases) else ""
            if (
                phrase.end <= before
                and phrase.cls == "asset"
                and phrase.word not in lexicon().vague
                and not (led == "of" and follow in moods()["saying verbs"])  # "an employee of the town council said"
                and led not in ("to", "into", "towards", "down", "up", "along")
                and not (opened and led == "in")  # "In Belen, 80 km away in the Darin hills, they are in control"
            ):
                left = self._full(i, item)
                vague = left is not None and left.text == left.head and "settlement" in left.classes
                told = self.focus[-1] if self.focus else None
                return told[1] if vague and told is not None and told[0] == i else left
        come_to = self._come_to(i)
        if come_to is not None:
            return come_to
        if opened and opening is not None and opening.end <= before:
            named = name_asset(parsed.clauses, parsed.sentence.tokens, Item(1, 2))
            sat = named is None or (parsed.seat(1) and normal(named.text) in capitals())
            return named if not sat else self._last_focus(i)
        home = self.at_home(i) if not (self.focus and self.focus[-1][0] == i) else None
        return home or self._last_focus(i)

    def at_home(self, i: int) -> Named | None:
        """The town of the witness whose words sentence `i` gives, which "here" and "the army has left" are about."""
        town = witness_town(self.parsed(i))
        return Named(town, frozenset(), last=len(self.sentences[i].tokens)) if town else None

    def _come_to(self, i: int) -> Named | None:
        """Where those came of whom a clause tells: "The men who landed on the island of Belen are still there"."""
        parsed = self.parsed(i)
        who = next((k for k, phrase in enumerate(parsed.phrases) if phrase.word == "who"), -1)
        if who != 1 or who + 1 >= len(parsed.phrases) or who - 1 not in parsed.agents:
            return None
        for item in reversed([item for item in parsed.places if item.at + 2 < len(parsed.phrases)]):
            phrase = parsed.phrases[item.at]
            inside = who + 1 < item.at and parsed.phrases[item.at - 1].word in _CAME_TO
            stormed = parsed.phrases[who + 1]
            inside |= item.at == who + 2 and stormed.kind == "vg" and stormed.word in listed("stormed")
            named = (
                phrase.det == "the"
                or phrase.names
                or (parsed.phrases[item.at + 1].word == "of" and parsed.phrases[item.at + 2].names)
            )
            if inside and named and not any(p.word == "," for p in parsed.phrases[who : item.at]):
                return self._full(i, item)
        return None

    def reached(self, i: int, before: int) -> Named | None:
        """The town that sentence `i` says was reached: "a convoy reached Belen, ending a five-month siege"."""
        parsed = self.parsed(i)
        for at in range(1, len(parsed.phrases)):
            place, verb = parsed.phrases[at], parsed.phrases[at - 1]
            if place.end <= before and place.cls == "name" and verb.kind == "vg" and verb.word in ("reach", "enter"):
                return name_asset(parsed.clauses, parsed.sentence.tokens, Item(at, at + 1))
        return None

    def _name_here(self, i: int, before: int, led: bool = False) -> Named | None:
        """The last name in sentence `i` before token `before` that is a place's, or may be one where it is nobody's.

        With `led` only after a preposition of place.
        """
        parsed = self.parsed(i)
        for at in range(len(parsed.phrases) - 1, -1, -1):
            phrase = parsed.phrases[at]
            if phrase.kind != "np" or phrase.cls != "name" or phrase.end > before or phrase.form == "gen":
                continue
            kind = parsed.known.get(phrase.head, "")
            preposed = at > 0 and parsed.phrases[at - 1].word in ("in", "at", "inside", "of", "regards", "regarding")
            if not kind and at and (parsed.short_for_a_group(at) or parsed.of_a_group(at)):
                continue
            if kind not in ("", "place") or (led and not preposed) or phrase.word in demonyms() or parsed.locates(at):
                continue
            follow = parsed.phrases[at + 1] if at + 1 < len(parsed.phrases) else None
            if preposed and (parsed.seat(at) or (phrase.det == "the" and phrase.plural and kind != "place")):
                continue  # "a technician next door in Belen says"
            if at > 1 and parsed.phrases[at - 1].word == "from" and at - 2 in parsed.agents:
                continue  # "militiamen from Belen retook it"
            lying = follow is not None and follow.kind == "vg" and (follow.passive or follow.word in listed("lying"))
            held = at > 0 and parsed.phrases[at - 1].kind == "vg" and parsed.phrases[at - 1].word in listed("held")
            if kind == "place" or preposed or lying or held:
                return name_asset(parsed.clauses, parsed.sentence.tokens, Item(at, at + 1))
        return None

    def _last_focus(self, i: int) -> Named | None:
        return self.focus[-1][1] if self.focus and i - self.focus[-1][0] <= 4 else None

    def topic(self, i: int, before: int) -> Named | None:
        """What the sentence says it is about, for an "it" early in it: "as to the fort, it is besieged"."""
        raised = self._raised(i, before) or (self._headed(i) if before == 0 else None)
        if raised is not None:
            return raised
        told = self._spoken_of(i) if before < 8 else None
        return told if told is not None and (before < 4 or told.first < before) else None

    def _headed(self, i: int) -> Named | None:
        """The place whose name alone heads the paragraph: "Belen (Bellona). No pictures since May. It is contested"."""
        first = i
        while first and self.sentences[first - 1].paragraph == self.sentences[i].paragraph:
            first -= 1
        if first == i or i - first > _RAISED_FOR or self.sentences[first].title:
            return None
        parsed = self.parsed(first)
        bare = all(p.kind != "vg" for p in parsed.phrases) and len(self.sentences[first].tokens) <= _HEADING
        return self._full(first, parsed.places[0]) if bare and parsed.places and parsed.places[0].at == 0 else None

    def _raised(self, i: int, before: int) -> Named | None:
        """What the sentence before brings up and says nothing of: "More on the dam.", "What about the port?"."""
        if not i or self.sentences[i].paragraph - self.sentences[i - 1].paragraph > 1:
            return None
        low = [token.lower for token in self.sentences[i - 1].tokens[:3]]
        if len(self.sentences[i - 1].tokens) > _RAISING or _RAISED.isdisjoint((" ".join(low[:2]), " ".join(low[1:]))):
            return None
        if any(self.parsed(i).phrases[item.at].end <= before for item in self.parsed(i).scenes):
            return None
        other = self.parsed(i - 1)
        plain = all(phrase.kind != "vg" for phrase in other.phrases)
        return self._full(i - 1, other.places[0]) if plain and other.places else None

    def _spoken_of(self, i: int) -> Named | None:
        """The place after "said of" or "as to": what a quoted "it" is about."""
        parsed = self.parsed(i)
        words = [phrase.word for phrase in parsed.phrases[:2]]
        brought = words[:1] == ["as"] and words[1:] in (["to"], ["for"], ["regard"])
        if brought and len(parsed.phrases) > 3 and parsed.phrases[3].word == ",":
            named = name_asset(parsed.clauses, parsed.sentence.tokens, Item(2, 3))
            if named is not None and parsed.phrases[2].cls in ("name", "asset", "side"):
                return named
        for k, phrase in enumerate(parsed.phrases[:-2]):
            if phrase.kind == "vg" and phrase.word in ("say", "remark", "boast") and parsed.phrases[k + 1].word == "of":
                inner = parsed.phrases[k + 2]
                if inner.kind == "np" and inner.cls in ("name", "asset"):
                    return name_asset(parsed.clauses, parsed.sentence.tokens, Item(k + 2, k + 3))
        return None

    def _building_before(self, i: int, before: int) -> Named | None:
        """The one thing built that "the building" can be: "the district office", "the fort"; no road, no "mines"."""
        for back in range(min(3, i + 1)):
            parsed = self.parsed(i - back)
            for item in reversed(parsed.places):
                phrase = parsed.phrases[item.at]
                told = phrase.word not in lexicon().vague or bool(phrase.mods and phrase.word not in listed("any_site"))
                single = not phrase.plural or phrase.word in ("offices", "headquarters", "barracks")
                built = told and single and lexicon().assets.get(phrase.word) == frozenset(("site",))
                if built and phrase.cls == "asset" and (back or phrase.end <= before):
                    found = self._full(i - back, item)
                    claimed = found is not None and any(found.text == focus.text for _, focus in self.focus[-4:])
                    return found if claimed or not back else None
        return None

    def _house_before(self, i: int) -> Named | None:
        """The hospital that "the wards" are those of, where one was just spoken of."""
        for j in range(i, max(-1, i - BACK), -1):
            parsed = self.parsed(j)
            for item in reversed(parsed.places):
                if parsed.phrases[item.at].word in listed("warded"):
                    return self._full(j, item)
        return None

    def _thing_before(self, i: int, before: int, site: bool = False) -> Named | None:
        """What "it" stands for; with `site`, what "the plant" or "the post" stands for: no town."""
        parsed = self.parsed(i)
        if site:
            for back in range(min(3, i + 1)):
                other = self.parsed(i - back)
                for item in reversed(other.places):
                    phrase = other.phrases[item.at]
                    known = lexicon().assets.get(phrase.word, frozenset()) & {"site", "route"}
                    if (
                        (back or phrase.end <= before)
                        and phrase.cls == "asset"
                        and known
                        and (phrase.names or phrase.word not in listed("any_site"))
                        and phrase.word not in lexicon().vague
                    ):
                        return self._full(i - back, item)
        if self.focus and self.focus[-1][0] == i and self.focus[-1][1].first < before and not self.focus[-1][1].generic:
            return self.focus[-1][1]
        told = self.topic(i, before) or self._told_after(i, before)
        if told is not None:
            return told
        parallel = self._parallel(i, before)
        if parallel is not None:
            return parallel
        for item in reversed(parsed.scenes):
            phrase = parsed.phrases[item.at]
            within = (
                item.at > 1
                and parsed.phrases[item.at - 1].word in ("on", "in", "at", "near")
                and parsed.phrases[item.at - 2].cls == "asset"
            )
            whole = parsed.phrases[parsed.clauses.top(item.at)]
            site = whole.end <= phrase.start and "site" in lexicon().assets.get(whole.word, frozenset())
            if within or (site and whole.cls == "asset" and phrase.cls == "name"):
                continue  # "attacked the airport of Belen and took it"
            if phrase.end <= before and phrase.word not in lexicon().vague and phrase.det not in ("its", "their"):
                if phrase.cls == "name" and parsed.phrases[item.at - 1].word == "to" and self._last_focus(i):
                    continue  # "conceded to the paper that the rebels had the whole of it"
                return self._full(i, item)
        if self.focus and self.focus[-1][0] == i and self.focus[-1][1].first < before:
            return self.focus[-1][1]
        here = self._name_here(i, before)
        if here is not None:
            return here
        if self._last_focus(i):
            return self._last_focus(i)
        for back in range(1, BACK):
            if i - back < 0:
                break
            other = self.parsed(i - back)
            for item in other.scenes:
                if other.phrases[item.at].word not in lexicon().vague:
                    return self._full(i - back, item)
        return None

    def _told_after(self, i: int, before: int) -> Named | None:
        """What "it" looks ahead to: "After it was retaken on Friday, Belen was quiet"."""
        parsed = self.parsed(i)
        phrases = parsed.phrases
        if phrases[0].kind != "w" or phrases[0].cls not in "IS" or phrases[1].start != before:
            return None
        comma = next((k for k, phrase in enumerate(phrases) if phrase.word == ","), -1)
        if comma < 0 or comma + 2 >= len(phrases) or phrases[comma + 2].kind != "vg":
            return None
        place = phrases[comma + 1]
        if place.cls != "name" or parsed.known.get(place.head, "place") != "place":
            return None
        return name_asset(parsed.clauses, parsed.sentence.tokens, Item(comma + 1, comma + 2))

    def _parallel(self, i: int, before: int) -> Named | None:
        """The place that the sentence is about, where "it" at token `before` is a subject too, or behind a clause."""
        parsed = self.parsed(i)
        phrases, telling = parsed.phrases, moods()["saying verbs"] | moods()["denying verbs"]
        at = next((k for k, phrase in enumerate(phrases) if phrase.start == before), -1)
        if at < 1 or at + 1 >= len(phrases) or phrases[at + 1].kind != "vg" or phrases[at - 1].cls == "I":
            return None
        about = [item for item in parsed.places if item.at in parsed.agents and item.at < at]
        about = [item for item in about if phrases[item.end if item.end < at else item.at + 1].word not in telling]
        return self._full(i, about[0]) if about else None

    def _full(self, i: int, item: Item) -> Named | None:
        parsed = self.parsed(i)
        named = name_asset(parsed.clauses, parsed.sentence.tokens, item)
        if named is not None and named.generic and not named.pron:
            text, place, _ = self.asset(i, named, parsed.phrases[item.at].start)
            named.text, named.place = text, place
        return named

    def _named_place(self, i: int, named: Named, before: int) -> str:
        """The name that "the town" stands for; in a title that of the lead: "Rebels seize town"."""
        if self.sentences[i].title:
            for j in range(i + 1, min(i + LEAD, len(self.sentences))):
                for _, name in self.parsed(j).proper_places[:NEAR]:
                    if self.fits(name, named) == SURELY:
                        return name
        home = witness_town(self.parsed(i))
        if home and self.fits(home, named) and all(one.end > before or one.name == home for one in self._told(i, -1)):
            return home
        found = self.town(i, named, before) or self._home_before(i, named)
        main = "" if found or named.head not in ("city", "town", "capital") else self.main_place
        titled = main and any(s.title and main in s.text for s in self.sentences[:1])
        return main if titled and self.fits(main, named) else found

    def _home_before(self, i: int, named: Named) -> str:
        """The town of the witness who has just spoken: "A medic in Belen wrote to us. The town is cut off"."""
        for j in range(i - 1, max(-1, i - 3), -1):
            home = witness_town(self.parsed(j))
            if home:
                return home if self.fits(home, named) else ""
        return ""

    def _town_in_focus(self, i: int) -> str:
        """The named place last spoken of, unless the article calls it something else than a town."""
        for at, focus in reversed(self.focus[-4:]):
            townlike = (not focus.classes or "settlement" in focus.classes) and townlike_name(focus.text)
            if i - at <= 4 and townlike and not focus.generic and not self.kinds.get(focus.text):
                return focus.text
        return ""
