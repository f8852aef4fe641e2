"""Clauses that leave out their verb: "the port by the rebels", "and the bridge on Tuesday", "then the port"."""

from __future__ import annotations

from dataclasses import replace

from claimstream.reading.rules.assets import name_asset
from claimstream.reading.rules.nouns import NounRules
from claimstream.reading.rules.table import Finding

_HOLDERS = frozenset("hands those that control".split())
_GIVING = frozenset(("fall-to", "left-to", "lose-to", "hand-over", "go-over"))
"""Rules whose side stands after "to"."""
_REACH = 30
"""How many phrases behind a finding are looked at."""


class Gaps(NounRules):
    """Adds what a clause says with the verb of the one before."""

    def _gaps(self) -> None:
        for model in list(self.found):
            if model.kind != "control" or model.passing or model.verb < 0 or model.asset is None:
                continue
            for j in range(model.verb + 1, min(model.verb + _REACH, self.clauses.count - 1)):
                phrase = self.phrases[j]
                if (
                    phrase.kind == "vg"
                    and j > model.verb + 1
                    and self.phrases[j - 1].kind == "np"
                    and phrase.form == "fin"
                ):
                    break
                if phrase.kind == "w" and phrase.cls in ",;K":
                    self._gap(model, j)

    def _gap(self, model: Finding, j: int) -> None:
        """The clause that begins behind the comma or "and" at `j`, where it has a place and no verb."""
        at, told = j + 1, False
        while at < self.clauses.count and self.phrases[at].kind == "w" and self.phrases[at].cls in "RK,":
            told = told or self.phrases[at].word in ("then", "later", "also", "finally", "too")
            at += 1
        if at >= self.clauses.count or self.phrases[at].kind != "np":
            return
        items = [i for i in self.clauses.items(at) if self.accepts(self.clauses, i, "asset")]
        if not items or items[0].at != at or self._found_at(at):
            return
        end = items[-1].end
        side, end = self._gap_side(model, end)
        timed = end < self.clauses.count and self._timed(end)
        if side < 0 and not (timed and self._bare(model)):
            return
        stop = end + 2 if timed and self.phrases[end].kind == "w" else end + 1 if timed else end
        if not self._ends(stop):
            return
        for item in items:
            named = name_asset(self.clauses, self.tokens, item)
            if named is not None:
                made = replace(
                    model,
                    asset=named,
                    start=self.phrases[at].start,
                    end=self.phrases[min(stop, self.clauses.count) - 1].end,
                )
                if side >= 0:
                    made = replace(made, side=side, sides=(side,), words="")
                self.found.append(made)

    def _gap_side(self, model: Finding, end: int) -> tuple[int, int]:
        """The side of the clause, and the phrase after it: "by the rebels", "in those of the rebels"."""
        word = self.phrases[end].word if end < self.clauses.count else ""
        if word == "by" and end + 1 < self.clauses.count and self.is_side(end + 1):
            return end + 1, self.clauses._tail(end + 1)
        if word == "to" and model.rule in _GIVING and end + 1 < self.clauses.count and self.is_armed(end + 1):
            return end + 1, end + 2
        held = end + 3 < self.clauses.count and self.phrases[end + 1].word in _HOLDERS
        if word in ("in", "under") and held and self.phrases[end + 2].word == "of" and self.is_side(end + 3):
            return end + 3, end + 4
        return -1, end

    def _timed(self, end: int) -> bool:
        """Whether a time stands at phrase `end`: "Tuesday", "on Tuesday"."""
        if self.phrases[end].cls == "time":
            return True
        inner = end + 1 < self.clauses.count and self.phrases[end + 1].cls == "time"
        return inner and self.phrases[end].kind == "w" and self.phrases[end].cls in "IS"

    def _bare(self, model: Finding) -> bool:
        """Whether another place can stand for the model's: that stands before the verb, or before a time of its own."""
        if model.asset is None or model.asset.first < self.phrases[model.verb].start:
            return model.asset is not None
        at = next((j for j in range(model.verb, self.clauses.count) if self.phrases[j].start >= model.asset.last), -1)
        return at >= 0 and self._timed(at)

    def _found_at(self, at: int) -> bool:
        start = self.phrases[at].start
        return any(
            f.asset is not None and f.asset.first <= start < max(f.asset.last, f.asset.first + 1) for f in self.found
        )
