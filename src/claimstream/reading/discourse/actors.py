"""The sides that an article names: which is a state's and which rebels', which comes first, which group is alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from claimstream.model import Sentence
from claimstream.reading.discourse.parsed import Parsed, once
from claimstream.reading.rules.assets import Named, demonyms
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.words import lexicon, listed

BACK = 8
NARRATED = 30
"""How many sentences say whose voice an article is, and which sides it speaks of most."""


class Actors:
    """The sides of an article.

    `asked` is the question that is just being read as if it were told; `focus` the assets, `ways` the roads, `besieged`
    the places under siege spoken of; `taken` who last held what; `fresh` who was
    said in which sentence to have captured it, and not to have taken it back.
    """

    def __init__(self, sentences: Sequence[Sentence], known: Callable[[int], Mapping[int, str]]) -> None:
        self.sentences = sentences
        self.known = known
        self._parsed: dict[int, Parsed] = {}
        self.asked: dict[int, Parsed] = {}
        self.made: dict[str, Any] = {}
        self.focus: list[tuple[int, Named]] = []
        self.ways: list[tuple[int, Named]] = []
        self.besieged: list[str] = []
        self.taken: list[tuple[str, str]] = []
        self.fresh: list[tuple[int, str, str]] = []
        self.guessing = False
        self.guessed: set[tuple[int, int, str, str]] = set()
        self.lost: set[tuple[int, int, str, str]] = set()

    def parsed(self, i: int) -> Parsed:
        """The phrases of sentence `i`."""
        if i in self.asked:
            return self.asked[i]
        if i not in self._parsed:
            self._parsed[i] = Parsed(self.sentences[i], self.known(i))
        return self._parsed[i]

    def stance(self, parsed: Parsed, s: int) -> str:
        """ "state", "rebel" or "" for the side at phrase `s`."""
        phrase = parsed.phrases[s]
        if phrase.owner is not None and phrase.owner.cls == "name" and phrase.cls != "side":
            phrase = phrase.owner  # "the LTTE's military spokesman"
        actors = lexicon().actors
        kind = actors.get(phrase.word, "")
        if kind == "other" or not kind:
            kinds = {actors.get(m, "") for m in phrase.mods}
            if "rebel" in kinds:
                return "rebel"
            if "state" in kinds or (kind == "other" and any(m in demonyms() for m in phrase.mods)):
                return "state"
            for m in range(phrase.start, phrase.end):
                if parsed.known.get(m) in SIDES:
                    return {"state": "state", "side": "rebel"}.get(parsed.known[m], "")
        return kind if kind in ("state", "rebel") else ""

    def salient(self, stance: str, taking: bool = False) -> str:
        """The side of that stance (state or rebel) that the article names first, "" if none; `taking` no garrison."""
        for i in range(min(len(self.sentences), 12)):
            parsed = self.parsed(i)
            for at in parsed.sides:
                holder = taking and parsed.phrases[at].word in listed("holders")
                if self.stance(parsed, at) == stance and not holder:
                    return parsed.text(at)
        return ""

    def band(self, text: str) -> str:
        """The insurgents that "the group" means, whatever the article calls them."""
        return self.salient("rebel") or text if text.lower() in lexicon().anaphoric else text

    def _group(self, text: str) -> str:
        """The armed group that "militants" means, where the article names only one."""
        if lexicon().actors.get(text.lower()) != "rebel":
            return text
        return self._only_group or text

    @property
    def _only_group(self) -> str:
        return once(self.made, "_only_group", self._find_only_group)

    def _find_only_group(self) -> str:
        names: dict[str, str] = {}
        for i in range(min(len(self.sentences), 30)):
            parsed = self.parsed(i)
            for at in parsed.sides:
                phrase = parsed.phrases[at]
                if (
                    phrase.head in phrase.names
                    and self.stance(parsed, at) == "rebel"
                    and parsed.known.get(phrase.names[-1]) == "side"
                ):
                    text = " ".join(parsed.sentence.tokens[n].text for n in phrase.names)
                    names.setdefault(text.lower().replace("-", " "), text)
        return next(iter(names.values())) if len(names) == 1 else ""
