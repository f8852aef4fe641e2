"""Places spoken of together: "both towns", "all four of them", "wards 2 and 8"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from claimstream.lexicon import load
from claimstream.model import Token
from claimstream.reading.discourse.doers import Doers
from claimstream.reading.discourse.parsed import Parsed, once
from claimstream.reading.rules.assets import Named, name_asset, numbered, singular
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import lexicon

BACK = 4
"""How many sentences back the places may be named."""
_POINTING = frozenset("both these those neither either all".split())
_OF_TWO = frozenset(("both", "neither", "either"))
_PRONOUNS = frozenset("them they".split())
_PAIR = 3
"""Sentences, this one among them, in which "the former" and "the latter" may stand."""
_FEW = 9
"""More places than this are not told off by name."""


class Groups(Doers):
    """Adds what a plural noun stands for."""

    def members(self, i: int, phrase: Phrase, named: Named, before: int) -> list[str]:
        """What `phrase` of sentence `i` stands for: "both towns", "the latter"; empty where it names its own."""
        if named.pron in ("former", "latter"):
            pair = self._pair(i, before)
            return pair[:1] if named.pron == "former" else pair[1:]
        if named.pron in _PRONOUNS:
            if _people_before(self.parsed(i), before) or _many(self.sentences[i].tokens, before):
                return []
        else:
            told_off = phrase.plural or phrase.det in _OF_TWO or phrase.word in _OF_TWO
            if not told_off or not named.generic or named.place or named.pron:
                return []
            if (phrase.det != "the" and phrase.det not in _POINTING) or " " in named.text:
                return []
        wanted = _count(phrase)
        if named.pron not in _PRONOUNS and not wanted and phrase.det not in ("these", "those", "all"):
            return []
        town = bool(named.pron) or bool(named.classes & {"settlement", "area"})
        found: list[str] = []
        for back in range(BACK):
            j = i - back
            if j < 0:
                break
            here = [n for n in self._named_in(j, before if not back else -1, named.head, town) if n not in found]
            found = here + found
            if len(found) >= (wanted or 2):
                return found[-wanted:] if wanted else here if len(here) > 1 else found
        after = self._said_of(i) or self._named_in(i, -1, named.head, town)
        return after if wanted and len(after) == wanted else []

    def _pair(self, i: int, before: int) -> list[str]:
        """The two names that one sentence gives last, this one up to token `before`, or one of those just before."""
        for back in range(min(_PAIR, i + 1)):
            found = self._named_in(i - back, -1 if back else before, "", True)
            if len(found) > 1:
                return found[-2:]
        return []

    def _may_be(self, name: str, head: str) -> bool:
        """Whether the article calls the place nothing else than what `head` says ("villages")."""
        called = {singular(noun) for noun in self.kinds.get(name, ())}
        small = singular(head) in ("village", "hamlet")
        if "area" in lexicon().assets.get(head, ()):
            return not called or singular(head) in called  # "all the districts" are no towns
        return not small or not called or not called.isdisjoint(("village", "hamlet"))

    def _said_of(self, i: int) -> list[str]:
        """The names after "he said of"."""
        parsed = self.parsed(i)
        for k, phrase in enumerate(parsed.phrases[:-2]):
            if phrase.kind == "vg" and phrase.word == "say" and parsed.phrases[k + 1].word == "of":
                named = [name_asset(parsed.clauses, parsed.sentence.tokens, x) for x in parsed.clauses.items(k + 2)]
                return [one.text for one in named if one is not None and not one.generic]
        return []

    def _named_in(self, j: int, before: int, head: str, town: bool) -> list[str]:
        """Names of the wanted kind in sentence `j`, before token `before` where that is not negative."""
        parsed = self.parsed(j)
        limit = before if before >= 0 else len(parsed.sentence.tokens)
        found: dict[str, int] = {}
        for phrase in parsed.phrases:
            if phrase.kind == "np" and phrase.end <= limit and singular(phrase.word) == singular(head):
                found.update((text, phrase.start) for text in numbered(parsed.sentence.tokens, phrase))
        if town and not found:
            for item, text in parsed.proper_places:
                if parsed.phrases[item.at].end <= limit and townlike_name(text) and self._may_be(text, head):
                    found.setdefault(text, parsed.phrases[item.at].start)
            for at, focus in self.focus:
                if (
                    at == j
                    and focus.first < limit
                    and not focus.generic
                    and not focus.pron
                    and townlike_name(focus.text)
                    and self._may_be(focus.text, head)
                ):
                    found.setdefault(focus.text, focus.first)
        return sorted(found, key=lambda text: found[text])

    @property
    def kinds(self) -> dict[str, set[str]]:
        """What the article says its named places are: "the town of X", "X district", "X, a town"."""
        return once(self.made, "kinds", self._find_kinds)

    def _find_kinds(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for i, sentence in enumerate(self.sentences):
            if settled_nouns().isdisjoint([token.lower for token in sentence.tokens]):
                continue  # and need not be parsed for this
            parsed = self.parsed(i)
            phrases = parsed.phrases
            for at, phrase in enumerate(phrases):
                if phrase.kind != "np" or phrase.cls != "asset" or phrase.word not in settled_nouns():
                    continue
                named = name_asset(
                    parsed.clauses,
                    parsed.sentence.tokens,
                    Item(
                        at,
                        min(at + 3, len(phrases)) if at + 2 < len(phrases) and phrases[at + 1].word == "of" else at + 1,
                    ),
                )
                if named is not None and not named.generic and named.text:
                    for text in [named.text, *_joined(parsed, at)]:
                        found.setdefault(text, set()).add(phrase.word)
                elif (
                    at > 1
                    and phrases[at - 1].word == ","
                    and phrases[at - 2].cls == "name"
                    and phrase.det in ("", "a", "an", "the")
                    and not (at + 1 < len(phrases) and phrases[at + 1].form == "fin")
                ):  # not "with the exception of Belen, the valley is held"
                    other = name_asset(parsed.clauses, parsed.sentence.tokens, Item(at - 2, at - 1))
                    if other is not None:
                        found.setdefault(other.text, set()).add(phrase.word)
        return found


def _many(tokens: Sequence[Token], before: int) -> bool:
    """Whether more are spoken of than places in a row: "soldiers walked out of it, about 70 of them"."""
    if before < 2 or tokens[before - 1].lower != "of":
        return False
    number = tokens[before - 2].lower
    return (number.isdigit() and int(number) > _FEW) or number in ("dozens", "hundreds", "scores", "dozen", "hundred")


def _people_before(parsed: Parsed, before: int) -> bool:
    """Whether the last plural before the token is one of people: "twelve soldiers died, many of them had fallen"."""
    led = parsed.sentence.tokens[before - 1].lower if before > 0 else ""
    if lexicon().closed.get(led) == "I":
        return False  # "cleared from both of them"
    phrases = [phrase for phrase in parsed.phrases if phrase.end <= before]
    for at in range(len(phrases) - 1, -1, -1):
        phrase = phrases[at]
        joined = at > 0 and phrases[at - 1].word in ("and", ",")
        if phrase.kind == "np" and ((phrase.cls == "asset" and phrase.plural) or (phrase.cls == "name" and joined)):
            return False
        if phrase.kind == "np" and phrase.plural and phrase.cls in ("side", "people"):
            return True
    return False


def _joined(parsed: Parsed, at: int) -> list[str]:
    """The names behind the first of "the towns of Belen and Darin"."""
    phrases, found = parsed.phrases, []
    if not phrases[at].plural or at + 2 >= len(phrases) or phrases[at + 1].word != "of":
        return []
    for k in range(at + 4, len(phrases), 2):
        if phrases[k].cls != "name" or phrases[k - 1].word not in ("and", ","):
            break
        other = name_asset(parsed.clauses, parsed.sentence.tokens, Item(k, k + 1))
        found += [other.text] if other is not None and other.text else []
    return found


def _count(phrase: Phrase) -> int:
    """How many the phrase speaks of, 0 where it does not say."""
    numbers: list[str] = load("reference")["small_numbers"].split()
    if phrase.det in _OF_TWO or phrase.word in ("both", "former", "latter"):
        return 2
    for word in (phrase.det, phrase.word, *phrase.mods):
        if word in numbers:
            return numbers.index(word) + 2
        if word.isdigit() and 2 <= int(word) <= _FEW:
            return int(word)
    return 0


@cache
def settled_nouns() -> frozenset[str]:
    """Nouns for places where people live: "town", "district"."""
    return frozenset(noun for noun, kinds in lexicon().assets.items() if kinds & {"settlement", "area"})


def townlike_name(text: str) -> bool:
    """Whether a name may be that of a town: "Belen", not "Belen airport"."""
    known = lexicon().assets.get(text.split()[-1].lower(), frozenset())
    return not known or bool(known & {"settlement", "area"})
