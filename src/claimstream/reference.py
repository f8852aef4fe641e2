"""Who "they" are and which town "the town" is: references within one article.

Looks back from the mention, at most `BACK` sentences, at phrases that could be meant. Sentences are taken apart only
when a look back reaches them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from claimstream.model import Sentence
from claimstream.rules.assets import Named, demonyms, name_asset, name_side
from claimstream.rules.clauses import Clauses, Item, moods
from claimstream.rules.phrases import Phrase, chunk
from claimstream.rules.words import lexicon

BACK = 5
"""How many sentences a look back goes."""

_PLURAL = frozenset(("they", "them", "their", "those", "theirs"))
_PLACE_AFTER = frozenset("in of at from to near into inside outside around on over towards toward through across".split())
_OFFICE = frozenset("governor minister president mayor ministry commissioner spokesman prefect administrator premier".split())


class Parsed:
    """The phrases and clauses of one sentence, made on demand."""

    def __init__(self, sentence: Sentence, known: Mapping[int, str]) -> None:
        self.sentence = sentence
        self.known = dict(known)
        self.phrases: list[Phrase] = chunk(sentence.tokens, {i: k for i, k in known.items() if k in ("side", "place")})
        self.clauses = Clauses(self.phrases)

    @cached_property
    def sides(self) -> list[int]:
        """Indexes of phrases that name a side, without pronouns."""
        found = []
        for at, phrase in enumerate(self.phrases):
            if phrase.kind != "np":
                continue
            if phrase.cls == "side" or (phrase.cls == "name" and self.named_side(at)):
                found.append(at)
        return found

    def named_side(self, at: int) -> bool:
        """Whether a capitalised name stands where sides stand: known as one, or doing something."""
        phrase = self.phrases[at]
        kind = self.known.get(phrase.head, "")
        if kind:
            return kind == "side"
        if phrase.word in demonyms() or (at and self.phrases[at - 1].kind == "w" and self.phrases[at - 1].word in _PLACE_AFTER):
            return False
        follow = at + 1
        return follow < len(self.phrases) and self.phrases[follow].kind == "vg"

    @cached_property
    def places(self) -> list[Item]:
        """Names of places, and common nouns for assets."""
        found = []
        for at, phrase in enumerate(self.phrases):
            if phrase.kind != "np" or phrase.cls not in ("asset", "name"):
                continue
            if phrase.cls == "name":
                kind = self.known.get(phrase.head, "")
                if kind in ("side", "person", "outlet") or phrase.word in demonyms():
                    continue
                after_place = at > 0 and self.phrases[at - 1].kind == "w" and self.phrases[at - 1].word in _PLACE_AFTER
                if kind != "place" and not after_place:
                    continue
            elif at > 1 and self.phrases[at - 1].word == "of" and self.phrases[at - 2].cls == "asset":
                continue
            end = at + 1
            if phrase.cls == "asset" and end + 1 < len(self.phrases) and self.phrases[end].word == "of":
                end += 2
            found.append(Item(at, end))
        return found


class Discourse:
    """The article as far as references need it. `focus` is the asset that was last spoken of."""

    def __init__(self, sentences: Sequence[Sentence], known: Sequence[Mapping[int, str]]) -> None:
        self.sentences = sentences
        self.known = known
        self._parsed: dict[int, Parsed] = {}
        self.focus: list[tuple[int, Named]] = []

    def parsed(self, i: int) -> Parsed:
        """The phrases of sentence `i`."""
        if i not in self._parsed:
            self._parsed[i] = Parsed(self.sentences[i], self.known[i])
        return self._parsed[i]

    # -- sides ---------------------------------------------------------------------------------------------------

    def side(self, i: int, at: int) -> tuple[str, bool]:
        """The natural name of the side at phrase `at` of sentence `i`, and whether a reference was resolved."""
        parsed = self.parsed(i)
        phrase = parsed.phrases[at]
        tokens = parsed.sentence.tokens
        if phrase.cls == "pron":
            if phrase.word in ("we", "us", "i", "our"):
                return self.speaker(i)
            return self.actor_before(i, at, plural=phrase.word in _PLURAL)
        if phrase.det in ("our", "my"):
            return self.speaker(i)
        if phrase.det in ("its", "their", "his", "her") and phrase.cls == "side":
            found, ok = self.actor_before(i, at, plural=phrase.det == "their")
            return (found, True) if ok else (name_side(parsed.clauses, tokens, at), False)
        text = name_side(parsed.clauses, tokens, at)
        bare = len(text.split()) == 1
        if bare and phrase.det in ("the", "this", "that") and phrase.word in lexicon().anaphoric:
            found, ok = self.actor_before(i, at, named=True)
            if ok and found:
                return found, True
            return text, False
        return text, True

    def actor_before(self, i: int, at: int, plural: bool = False, named: bool = False) -> tuple[str, bool]:
        """The side last spoken of before phrase `at` of sentence `i`."""
        for back in range(BACK):
            j = i - back
            if j < 0:
                break
            parsed = self.parsed(j)
            candidates = [s for s in parsed.sides if back or s < at]
            if back == 0:
                candidates.reverse()
            for s in candidates:
                phrase = parsed.phrases[s]
                if named and not (phrase.names or phrase.cls == "name"):
                    continue
                if phrase.det in ("its", "their", "our", "his"):
                    continue
                text = name_side(parsed.clauses, parsed.sentence.tokens, s)
                if text:
                    return text, True
        return "", False

    def speaker(self, i: int) -> tuple[str, bool]:
        """The side that "we" stands for in sentence `i`: that of the speaker named there or just before; else "we"."""
        for j in (i, i + 1, i - 1, i - 2, i - 3):
            if not 0 <= j < len(self.sentences) or (j == i + 1 and self.sentences[j].paragraph != self.sentences[i].paragraph):
                continue
            parsed = self.parsed(j)
            for k, phrase in enumerate(parsed.phrases):
                if phrase.kind == "vg" and phrase.word in moods()["saying verbs"]:
                    text = self._speaker_side(parsed, k)
                    if text:
                        return text, True
        return "we", False

    def _speaker_side(self, parsed: Parsed, k: int) -> str:
        phrases = parsed.phrases
        around = [*range(max(0, k - 7), k), *range(k + 1, min(len(phrases), k + 9))]
        people = [at for at in around if phrases[at].kind == "np" and (phrases[at].cls in ("people", "name") and phrases[at].cls != "time")]
        for at in people:
            phrase = phrases[at]
            if phrase.owner is not None and (phrase.owner.cls == "side" or parsed.known.get(phrase.owner.head) == "side"):
                return " ".join(t.text for t in parsed.sentence.tokens[phrase.owner.start : phrase.owner.end] if t.lower != "the")
            for m in phrase.mods:
                if m in lexicon().actors and phrase.cls == "people":
                    return m
            for follow in range(at + 1, min(at + 4, len(phrases))):
                if phrases[follow].cls == "side" and phrases[follow - 1].word in ("of", "for", "with", "from"):
                    return name_side(parsed.clauses, parsed.sentence.tokens, follow)
                if phrases[follow].cls == "name" and phrases[follow - 1].word in ("of", "for", "with") and parsed.known.get(phrases[follow].head) == "side":
                    return name_side(parsed.clauses, parsed.sentence.tokens, follow)
            if phrase.word in _OFFICE or any(m in _OFFICE for m in phrase.mods):
                return "government"
        return ""

    def salient(self, stance: str) -> str:
        """The side of that stance (state or rebel) that the article names first, "" if none."""
        actors = lexicon().actors
        for i in range(min(len(self.sentences), 12)):
            parsed = self.parsed(i)
            for at in parsed.sides:
                phrase = parsed.phrases[at]
                text = name_side(parsed.clauses, parsed.sentence.tokens, at)
                kind = actors.get(phrase.word, "name")
                states = kind == "state" or any(actors.get(m) == "state" for m in phrase.mods) or (
                    kind == "other" and any(m in demonyms() for m in phrase.mods)
                )
                if states == (stance == "state") and (states or kind in ("rebel", "name")):
                    return text
        return ""

    # -- assets --------------------------------------------------------------------------------------------------

    def asset(self, i: int, named: Named, before: int) -> tuple[str, str, bool]:
        """Name, place and whether it could be resolved, of an asset mentioned in sentence `i` before token `before`."""
        if named.pron:
            found = self._thing_before(i, before)
            return (found.text, found.place, True) if found else (named.pron, "", False)
        if named.generic and named.definite and not named.place and named.head and " " not in named.text:
            if {"settlement", "area"} & named.classes:
                found_name = self._named_place(i, named, before)
                if found_name:
                    return found_name, "", True
            if named.owner in ("",) or not named.place:
                return named.text, self._place_near(i), True
        return named.text, named.place, True

    def _thing_before(self, i: int, before: int) -> Named | None:
        parsed = self.parsed(i)
        for item in reversed(parsed.places):
            if parsed.phrases[item.at].end <= before and parsed.phrases[item.at].word not in lexicon().vague:
                return self._full(i, item)
        if self.focus and i - self.focus[-1][0] <= 4:
            return self.focus[-1][1]
        for back in range(1, BACK):
            if i - back < 0:
                break
            other = self.parsed(i - back)
            for item in other.places:
                if other.phrases[item.at].word not in lexicon().vague:
                    return self._full(i - back, item)
        return None

    def _full(self, i: int, item: Item) -> Named | None:
        parsed = self.parsed(i)
        named = name_asset(parsed.clauses, parsed.sentence.tokens, item)
        if named is not None and named.generic and not named.pron:
            text, place, _ = self.asset(i, named, parsed.phrases[item.at].start)
            named.text, named.place = text, place
        return named

    def _named_place(self, i: int, named: Named, before: int) -> str:
        """The name that "the town" stands for."""
        kinds = self.kinds
        heads = {named.head}
        for back in range(BACK + 3):
            if i - back < 0:
                break
            parsed = self.parsed(i - back)
            names = [item for item in parsed.places if back or parsed.phrases[item.at].end <= before]
            for item in reversed(names):
                other = name_asset(parsed.clauses, parsed.sentence.tokens, item)
                if other is None or other.generic or other.pron:
                    continue
                if kinds.get(other.text, set()) & heads:
                    return other.text
        for name, said in kinds.items():
            if named.head in said:
                return name
        return ""

    def _place_near(self, i: int) -> str:
        return ""

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """What the article says its named places are: "the town of X", "X district", "X, a town"."""
        found: dict[str, set[str]] = {}
        for i in range(len(self.sentences)):
            parsed = self.parsed(i)
            phrases = parsed.phrases
            for at, phrase in enumerate(phrases):
                if phrase.kind != "np" or phrase.cls != "asset" or not lexicon().assets[phrase.word] & {"settlement", "area"}:
                    continue
                named = name_asset(parsed.clauses, parsed.sentence.tokens, Item(at, min(at + 3, len(phrases)) if at + 2 < len(phrases) and phrases[at + 1].word == "of" else at + 1))
                if named is not None and not named.generic and named.text:
                    found.setdefault(named.text, set()).add(phrase.word)
                elif at > 1 and phrases[at - 1].word == "," and phrases[at - 2].cls == "name" and phrase.det in ("a", "an", "the"):
                    other = name_asset(parsed.clauses, parsed.sentence.tokens, Item(at - 2, at - 1))
                    if other is not None:
                        found.setdefault(other.text, set()).add(phrase.word)
        return found

    @cached_property
    def main_place(self) -> str:
        """The named place that the article speaks of most, the title counting more."""
        counts: dict[str, int] = {}
        for i in range(min(len(self.sentences), 20)):
            parsed = self.parsed(i)
            for item in parsed.places:
                named = name_asset(parsed.clauses, parsed.sentence.tokens, item)
                if named is not None and not named.generic and named.text:
                    counts[named.text] = counts.get(named.text, 0) + (3 if self.sentences[i].title else 1)
        return max(counts, key=lambda name: counts[name]) if counts else ""
