"""One sentence taken apart, with the sides and the places that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from claimstream.model import Sentence, Token
from claimstream.reading.rules.assets import demonyms, name_asset, name_side
from claimstream.reading.rules.clauses import Clauses, Item, moods
from claimstream.reading.rules.lines import in_order
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.slots import NO_PLACES
from claimstream.reading.rules.stamps import chunked
from claimstream.reading.rules.tags import SIDES, is_short
from claimstream.reading.rules.words import lexicon, listed


def plain_words(tokens: tuple[Token, ...]) -> str:
    return " ".join(t.text for t in tokens if t.lower not in ("the", "a", "an", "its", "their"))


_T = TypeVar("_T")


def once(made: dict[str, Any], name: str, make: Callable[[], _T]) -> _T:
    """What `make` gives, kept under its name: mypyc makes of a cached_property one that reckons anew each time."""
    if name not in made:
        made[name] = make()
    found: _T = made[name]
    return found


class Parsed:
    """The phrases and clauses of one sentence, made on demand."""

    def __init__(self, sentence: Sentence, known: Mapping[int, str]) -> None:
        self.sentence = sentence
        self.known = dict(known)
        self.phrases: list[Phrase] = in_order(chunked(sentence.tokens, known))
        self.clauses = Clauses(self.phrases)
        self.made: dict[str, Any] = {}

    @property
    def sides(self) -> list[int]:
        """Indexes of phrases that name a side, without pronouns."""
        return once(self.made, "sides", self._find_sides)

    def _find_sides(self) -> list[int]:
        found = []
        for at, phrase in enumerate(self.phrases):
            if phrase.kind != "np":
                continue
            if at > 1 and self.phrases[at - 1].word == "of" and self.phrases[at - 2].word == "ministry":
                continue  # the Defence of "the Ministry of Defence"
            if phrase.cls == "side" or (phrase.cls == "name" and self.named_side(at)) or self.inner_side(at):
                found.append(at)
        return found

    @property
    def agents(self) -> set[int]:
        """Indexes of phrases that a verb of the sentence is said of."""
        return once(self.made, "agents", self._find_agents)

    def _find_agents(self) -> set[int]:
        verbs = (k for k, phrase in enumerate(self.phrases) if phrase.kind == "vg" and phrase.form in ("fin", "base"))
        found = {at for k in verbs for at in self.clauses.subject(k)}
        links = ("of", "for", "with", "from")
        behalf = {at + 2 for at in found if at + 2 < len(self.phrases) and self.phrases[at + 1].word in links}
        return found | behalf  # "commanders of the Zenna say"

    def candidates(self, before: int = -1) -> list[int]:
        """The sides that "they" may stand for, the likeliest first: who does something, and is nobody's enemy.

        With `before` those before that phrase, the nearest first, and those beyond a semicolon last.
        """
        if before < 0:
            return sorted(self.sides, key=self._unlikely)
        marks = [k for k in range(before) if self.phrases[k].word == ";"]
        near = marks[-1] if marks else 0
        found = [s for s in reversed(self.sides) if s < before]
        joined = any(self.phrases[k].word in ("and", "but") for k in range(max(0, before - 3), before))
        return sorted(found, key=lambda s: (s < near, *self._unlikely(s), joined and s > 0 and self._aside_clause(s)))

    def _aside_clause(self, s: int) -> bool:
        """Whether the side at `s` begins a clause of time or cause: "after bombers had hit the lines"."""
        return self.phrases[s - 1].kind == "w" and self.phrases[s - 1].word in (
            "after",
            "when",
            "while",
            "as",
            "because",
        )

    def _unlikely(self, s: int) -> tuple[bool, bool]:
        cited = s > 0 and self.phrases[s - 1].word in ("what", "whatever")  # "contrary to what the rebels say"
        return self.phrases[s].word in lexicon().enemy, cited or s not in self.agents

    @property
    def opens_with_they(self) -> int:
        """Index of the "they" that the first verb of the sentence is said of, -1 if none."""
        verb = next((k for k, phrase in enumerate(self.phrases) if phrase.kind == "vg"), 0)
        return next((s for s in self.clauses.subject(verb) if self.phrases[s].word == "they"), -1) if verb else -1

    def ahead(self, at: int) -> int:
        """The side that "they" at `at` looks ahead to: "In Belen, which they still hold, the army"; else -1."""
        first = self.phrases[0]
        if first.kind != "w" or first.cls not in "IS" or any(s < at for s in self.sides):
            return -1
        after = (s for s in self.sides if s > at and s in self.agents and self.phrases[s - 1].word == ",")
        return next(after, -1)

    def said_of(self, at: int) -> int:
        """The side of whom the words are said: "They left at dawn, the mayor said of the rebels"; else -1."""
        for s in self.sides:
            told = s > at + 1 and self.phrases[s - 1].word == "of" and self.phrases[s - 2].kind == "vg"
            if told and self.phrases[s - 2].word in moods()["saying verbs"] | {"speak"}:
                return s
        return -1

    def inner_side(self, at: int) -> str:
        """The side inside "the SDF's press office" or "an SDF statement", "" if none."""
        phrase = self.phrases[at]
        owned = phrase.cls == "asset" and phrase.owner is not None and phrase.owner.cls == "side"
        if phrase.cls not in ("people", "other") and phrase.word not in listed("voices") and not owned:
            return ""
        tokens = self.sentence.tokens
        if phrase.owner is not None:
            ours = phrase.owner.cls == "side"
            return plain_words(tokens[phrase.owner.start : phrase.owner.end]) if ours else ""
        words = [tokens[m].text for m in range(phrase.start, phrase.end) if self.known.get(m) in SIDES]
        return " ".join(words) if phrase.cls == "people" and phrase.word in listed("voices") else ""

    def text(self, at: int) -> str:
        """The natural name of the side at phrase `at`."""
        name = self.inner_side(at) or name_side(self.clauses, self.sentence.tokens, at)
        return "government" if name in ("State", "state") else name  # "state media"

    def named_side(self, at: int) -> bool:
        """Whether a capitalised name stands where sides stand: known as one, or doing something."""
        phrase = self.phrases[at]
        kind = self.known.get(phrase.head, "")
        if kind not in ("", "person"):
            return kind in SIDES
        if any(char.isdigit() for char in phrase.word):
            return False  # "T-90s stand on the hill"
        if phrase.word in demonyms() or (
            at and self.phrases[at - 1].kind == "w" and self.phrases[at - 1].word in listed("before_places")
        ):
            return False
        follow = at + 1
        if follow >= len(self.phrases) or self.phrases[follow].kind != "vg":
            return False
        verb = self.phrases[follow]
        if kind == "person":
            return verb.word not in moods()["saying verbs"]  # a warlord takes towns, whoever speaks is no side
        return not verb.passive and verb.word not in listed("lying")

    @property
    def places(self) -> list[Item]:
        """Names of places, and common nouns for assets."""
        return once(self.made, "places", self._find_places)

    def _find_places(self) -> list[Item]:
        found: list[Item] = []
        for at, phrase in enumerate(self.phrases):
            if phrase.kind != "np" or phrase.cls not in ("asset", "name"):
                continue
            linked = at > 1 and self.phrases[at - 1].kind == "w"
            if linked and self.phrases[at - 1].word == "of" and self.phrases[at - 2].word in listed("heads"):
                continue  # "the governor of South Kivu"
            if phrase.cls == "name":
                kind = self.known.get(phrase.head, "")
                if kind in NO_PLACES or phrase.word in demonyms():
                    continue
                if not kind and at and (self.short_for_a_group(at) or self.of_a_group(at)):
                    continue  # "a notable of PUZ"
                if not kind and phrase.det == "the":
                    continue  # "how it looks to the Zennas", "the head of the Committee"
                after_place = (
                    at > 0 and self.phrases[at - 1].kind == "w" and self.phrases[at - 1].word in listed("before_places")
                )
                regards = at == 2 and self.phrases[0].word == "as" and self.phrases[1].cls != "pron"
                after_place |= regards  # "as regards Belen", not "AS IT HAPPENED"
                heads_title = self.sentence.title and at == 0 and len(self.phrases) > 1 and self.phrases[1].word == ":"
                if kind != "place" and not (after_place or heads_title or self._goes_on(found, at)):
                    continue
            elif linked and self.phrases[at - 1].word == "of" and self.phrases[at - 2].cls == "asset":
                whole = self.phrases[at - 2].word in lexicon().vague
                if not whole:
                    continue
            end = at + 1
            if phrase.cls == "asset" and end + 1 < len(self.phrases) and self.phrases[end].word == "of":
                end += 2
            found.append(Item(at, end))
        return found

    def of_a_group(self, at: int) -> bool:
        """Whether the plural name at `at` ends that of an organisation: "the Union of Norland Patriots"."""
        told = at > 1 and self.phrases[at - 1].word == "of" and self.phrases[at].plural
        return told and self.phrases[at - 2].cls == "side" and len(self.phrases[at].names) > 1

    def short_for_a_group(self, at: int) -> bool:
        """Whether the unknown name at `at` has the form of an acronym and stands where men belong to it: "of ZLF"."""
        short = len(self.phrases[at].names) == 1 and is_short(self.sentence.tokens[self.phrases[at].head].text)
        return short and self.phrases[at - 1].word in ("of", "from", "to", "by", "with", "for")

    def _goes_on(self, found: list[Item], at: int) -> bool:
        """Whether the name at `at` is one more of a row of places: "the towns of Belen and Darin"."""
        row = at > 1 and self.phrases[at - 1].word in ("and", "or") and self.phrases[at - 2].cls == "name"
        follow = self.phrases[at + 1] if at + 1 < len(self.phrases) else self.phrases[0]
        row = row and bool(found) and found[-1].end == at - 1
        return row and (follow.kind != "vg" or any(self.phrases[item.at].plural for item in found[-2:]))

    @property
    def scenes(self) -> list[Item]:
        """The places without those that only say where a speaker is, or in which country or region the rest lies."""
        return once(self.made, "scenes", self._find_scenes)

    def _find_scenes(self) -> list[Item]:
        return [item for item in self.places if not self._aside(item.at) and not self.locates(item.at)]

    def locates(self, at: int) -> bool:
        """Whether the place at `at` only tells where another lies, or whence men are.

        "Belen, 80 km south of Darin in the Sarab hills,"; "Men from Belen retook it", not "drove men from Belen".
        """
        if at > 1 and self.phrases[at - 1].word == "from" and self.phrases[at - 2].cls == "side":
            acting = at + 1 < len(self.phrases) and self.phrases[at + 1].kind == "vg"
            return acting and (at == 2 or self.phrases[at - 3].kind == "w")
        for k in range(at - 1, max(0, at - 12), -1):
            phrase = self.phrases[k]
            if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ";.:W"):
                return False
            if phrase.word == ",":
                return self.phrases[k - 1].cls in ("name", "asset") and self._opens_bearing(k + 1)
        return False

    def _opens_bearing(self, at: int) -> bool:
        """Whether words of distance or direction stand in the aside that begins at `at`."""
        for phrase in self.phrases[at : at + 6]:
            if phrase.kind == "vg" or phrase.word == ",":
                break
            if phrase.word in listed("bearings"):
                return True
        return False

    def seat(self, at: int) -> bool:
        """Whether the name at `at` only says where a speaker is: "the ministry in Belen says", not "residents in"."""
        if self._speaks_there(at):
            return True
        if at < 2 or at + 1 >= len(self.phrases) or self.phrases[at - 1].word not in ("in", "at"):
            return False
        follow = self.phrases[at + 1]
        says = follow.kind == "vg" and follow.word in moods()["saying verbs"] | moods()["denying verbs"]
        return says and self.phrases[at - 2].word not in listed("locals")

    def _speaks_there(self, at: int) -> bool:
        """Whether the name at `at` opens the sentence only to say where a speaker is: "In Belen, a general said"."""
        if at != 1 or self.phrases[0].word not in ("in", "at") or len(self.phrases) < 4 or self.phrases[2].word != ",":
            return False
        if self._opens_bearing(3):
            return False  # "In Belen, 80 km south of Darin, a general said"
        verb = next((k for k, phrase in enumerate(self.phrases) if phrase.kind == "vg"), -1)
        tells = verb > 0 and self.phrases[verb].word in moods()["saying verbs"] | moods()["denying verbs"]
        who = self.clauses.subject(verb) if tells else ()
        speaker = self.phrases[who[0]] if who else None
        if speaker is None or speaker.cls not in ("people", "name") or speaker.word in listed("locals"):
            return False
        of = who[0] + 2  # "the head of the council there"
        return of >= len(self.phrases) or self.phrases[of].word not in listed("local_bodies")

    def _aside(self, at: int) -> bool:
        phrase = self.phrases[at]
        follow = self.phrases[at + 1] if at + 1 < len(self.phrases) else phrase
        if phrase.cls != "name":
            return False
        if at > 1 and self.phrases[at - 1].word == "of" and self.phrases[at - 2].names:
            return self.phrases[at - 2].cls == "asset"  # "the Sarab quarter of Belen"
        if follow.kind == "vg" and follow.word in listed("acting") and not follow.passive:
            return True  # "the last part of the province that Belen had held"
        if not at:
            return False
        link = self.phrases[at - 1].word
        if link not in ("in", "from", "of", "at"):
            return False
        before = [token.lower for token in self.sentence.tokens[phrase.start : phrase.head]]
        if self.known.get(phrase.head) == "country" or (link == "in" and not listed("regional").isdisjoint(before)):
            return True
        saying = moods()["saying verbs"]
        if self.seat(at):
            return True
        if link == "from" and at > 1 and at - 2 in self.agents and follow.kind == "vg":
            return True  # "militiamen from Belen retook it"
        if link == "from" and at == 1:
            return any(p.kind == "vg" and p.word in saying for p in self.phrases[2:5])  # "from Belen the rebels said"
        telling = self.phrases[at - 3].word if at > 2 and self.phrases[at - 2].kind == "np" else ""
        return telling in ("tell", "inform")  # "told parliament in Belen"

    @property
    def proper_places(self) -> list[tuple[Item, str]]:
        """The places that bear a name, with it, without countries."""
        return once(self.made, "proper_places", self._find_proper_places)

    def _find_proper_places(self) -> list[tuple[Item, str]]:
        found = []
        for item in self.places:
            named = name_asset(self.clauses, self.sentence.tokens, item)
            heads = (self.phrases[item.at].head, *self.phrases[item.at].names[:1])  # "Norland", "Norland town"
            bare = item.end == item.at + 1
            country = any(self.known.get(at) == "country" for at in (heads if bare else heads[:1]))
            follow = item.at + 1
            speaks = follow < len(self.phrases) and self.phrases[follow].word in moods()["saying verbs"]
            shouted = item.at == 0 and self.sentence.tokens[self.phrases[0].start].text.isupper()
            acts = follow < len(self.phrases) and self.phrases[follow].word in listed("acting")
            preposed = item.at > 0 and self.phrases[item.at - 1].word in listed("before_places")
            if (speaks and not preposed) or shouted or (acts and not self.phrases[follow].passive):
                continue  # "Kyiv says", and the town of a dateline
            if named is not None and not named.generic and not named.pron and named.text and not country:
                found.append((item, named.text))
        return found
