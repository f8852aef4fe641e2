"""Headlines and other lines without a verb: "Our flag over the fort, Belen free", "Rebels out of Belen"."""

from __future__ import annotations

from claimstream.reading.rules.assets import name_asset
from claimstream.reading.rules.clauses import Item, moods
from claimstream.reading.rules.gaps import Gaps
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Finding

_OVER = frozenset("over above on atop".split())
_MASTERS = frozenset("masters master lords".split())


class Headlines(Gaps):
    """Reads what a line says by nouns alone."""

    def _verbless_more(self) -> None:
        for k, phrase in enumerate(self.phrases):
            if phrase.kind != "np" or not self._opens(k):
                continue
            if phrase.word in WORDS["flag"]:
                self._flag_over(k)
            elif self.is_armed(k):
                self._side_first(k)
            elif self.headline and phrase.cls in ("name", "asset"):
                self._asset_first(k)

    def _opens(self, k: int) -> bool:
        """Whether a clause begins with phrase `k`."""
        before = self.clauses.before(k)
        if before < 0 or (self.phrases[before].kind == "w" and self.phrases[before].cls in ",;:.-"):
            return True
        told = self.phrases[before]  # "governor says Belen secure"
        return self.headline and told.kind == "vg" and told.word in moods()["saying verbs"]

    def _after_adverbs(self, j: int) -> int:
        while j < self.clauses.count and self.phrases[j].kind == "w" and self.phrases[j].cls == "R":
            j += 1
        return j

    def _flag_over(self, k: int) -> None:
        j = self.clauses._tail(k) if k + 1 < self.clauses.count and self.phrases[k + 1].word == "of" else k + 1
        j = k + 3 if k + 1 < self.clauses.count and self.phrases[k + 1].word == "of" else min(j, k + 1)
        j = self._after_adverbs(j)
        if j + 1 < self.clauses.count and self.phrases[j].word in _OVER and self.phrases[j + 1].kind == "np":
            self._say("flag-over", k, j + 1, "yes", words=self._flag_side(k))

    def _side_first(self, k: int) -> None:
        end = self.clauses._tail(k) if k + 1 < self.clauses.count and self.phrases[k + 1].word == "of" else k + 1
        comma = end < self.clauses.count and self.phrases[end].word == ","
        j = self._after_adverbs(end + 1 if comma else end)
        words = [p.word for p in self.phrases[j : j + 2]]
        if comma and words == ["in", "control"] and j + 3 < self.clauses.count and self.phrases[j + 2].word == "of":
            self._say("in-control-of", k, j + 3, "yes", side=k)
            return
        if words[:1] and words[0] in _MASTERS and words[1:] == ["of"]:
            self._say("masters-of", k, j + 2, "yes", side=k)
        elif words in (["out", "of"], ["gone", "from"]) and self.headline:
            self._say("out-of", k, j + 2, "no", side=k)

    def _asset_first(self, k: int) -> None:
        end = self.clauses._tail(k)
        j = self._after_adverbs(end)
        back = j > end and j + 1 < self.clauses.count and self.phrases[j].word == "with"
        if back and self.is_armed(j + 1) and self.accepts(self.clauses, Item(k, end), "asset"):
            self._say("with-side", k, k, "yes", side=j + 1)  # "Belen back with government"
        words = [p.word for p in self.phrases[j : j + 2]]
        if words in (["free", "of"], ["clear", "of"]) and j + 2 < self.clauses.count and self.is_armed(j + 2):
            self._say("free-of", k, k, "no", side=j + 2)
            return
        free = j < self.clauses.count and self.phrases[j].word in ("free", "liberated", "ours", "secure")
        if free and self._ends(j + 1) and self.accepts(self.clauses, Item(k, end), "town"):
            ours = self.phrases[j].word == "ours"
            self._say("free-line", k, k, "yes", words="we" if ours else "", taker="winner")

    def _say(self, rule: str, k: int, at: int, holds: str, side: int = -1, words: str = "", taker: str = "") -> None:
        if at >= self.clauses.count or self.phrases[at].kind != "np":
            return
        for item in self.clauses.items(at) if at != k else [Item(k, self.clauses._tail(k))]:
            named = name_asset(self.clauses, self.tokens, item) if self.accepts(self.clauses, item, "asset") else None
            if named is not None and (at == k or self._ends(item.end)):
                start, end = self.phrases[k].start, self.phrases[min(item.end, self.clauses.count) - 1].end
                self.found.append(
                    Finding(
                        rule,
                        "control",
                        holds,
                        side,
                        named,
                        start,
                        end,
                        words,
                        taker,
                        sides=(side,) if side >= 0 else (),
                        verb=k,
                        at=k,
                    )
                )
