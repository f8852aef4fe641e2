"""Lines that say without a verb how a way or a town is: "Airport: no flights since May", "Darin - besieged"."""

from __future__ import annotations

from claimstream.reading.rules.assets import Named, name_asset
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.echoes import Echoes
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.waynames import siege_words, singular, way_words

_LINE = 18
"""How many phrases a line of a list has at most that tells without a verb how a way is."""
_CELL = 10
"""How many phrases the name in a label has at most."""
_WORKING = frozenset("operation service use business normal action".split())
"""What a way is back in."""
_DASHES = frozenset("–—-")
_TOLD_WAYS = frozenset("crossings airports bridges roads ports passes tunnels gates stations border-crossings".split())
"""Nouns behind which a label lists the ways of that kind."""
_TURNED = {"yes": "no", "no": "yes"}


class Labels(Echoes):
    """Adds the findings of labels."""

    def _labels(self) -> None:
        begin = 0
        for k, phrase in enumerate(self.phrases):
            if phrase.kind == "vg" and begin <= k and not self._valued(k):
                begin = self.clauses.count  # what has a verb is no label
            elif phrase.kind == "w" and phrase.cls in ":-" and begin < k <= begin + _CELL:
                if phrase.cls == "-" and k == begin + 1 and self.phrases[begin].plural:
                    begin = k + 1  # "ROADS - To Sarab: open"
                elif phrase.cls == ":" or not self._inserted(k):
                    self._label(begin, k)
            elif phrase.kind == "w" and phrase.cls in ";.|":
                begin = k + 1

    def _told_ways(self) -> None:
        """ "Airports: Belen closed; Darin open", "Crossings on Friday: Oruk open from 8am, Sarab closed"."""
        mark = next((k for k, phrase in enumerate(self.phrases[:_CELL]) if phrase.word == ":"), -1)
        heads = [p for p in self.phrases[: max(mark, 0)] if p.kind == "np" and p.plural and p.word in _TOLD_WAYS]
        if not heads or any(phrase.kind == "vg" for phrase in self.phrases[:mark]):
            return
        for k in range(mark + 1, self.clauses.count - 1):
            name, value, edge = self.phrases[k], self.phrases[k + 1], self.phrases[k - 1]
            passes = self._passes(value) if name.cls == "name" else ""
            opens = edge.kind == "w" and edge.cls in ":,;KR"
            if not passes or not opens or any(f.kind == "route" and f.verb == k + 1 for f in self.found):
                continue
            text = " ".join(self.tokens[n].text for n in name.names)
            named = Named(f"{text} {singular(heads[-1].word)}", frozenset(("route",)), head=singular(heads[-1].word))
            named.first, named.last = name.start, name.end
            self.found.append(Finding("label", "route", passes, -1, named, name.start, value.end, verb=k + 1))

    def _way_lines(self) -> None:
        """Headlines that say without a verb how a way is: "Coast road impassable", "Belen airport back in use"."""
        for k, phrase in enumerate(self.phrases):
            if phrase.kind != "np" or not self._opens(k):
                continue
            item = Item(k, self.clauses._tail(k))
            at = self._predicate(item.end)
            if at < 0 or not self.accepts(self.clauses, item, "road") or any(f.verb == at for f in self.found):
                continue
            holds = self._passes(self.phrases[at]) or "yes"
            named, end = self.named_way(item), self.phrases[at].end
            if named is not None:
                self.found.append(Finding("label", "route", holds, -1, named, phrase.start, end, verb=at))

    def _without_verb(self) -> bool:
        """Whether a short line has no verb of its own: "Sarab bridge impassable." in a list of roads."""
        short = self.clauses.count <= _LINE
        return short and all(phrase.kind != "vg" or phrase.form == "inf" for phrase in self.phrases)

    def _predicate(self, at: int) -> int:
        """The phrase at `at`, or behind adverbs, that tells how a way is and ends its clause; -1 for none."""
        while at < self.clauses.count and not self._passes(self.phrases[at]):
            phrase = self.phrases[at]
            if phrase.word in ("in", "to") and self.phrases[at - 1].word == "back":
                return at if at + 1 < self.clauses.count and self.phrases[at + 1].word in _WORKING else -1
            if phrase.kind != "w" or phrase.cls != "R":
                return -1
            at += 1
        closed = at < self.clauses.count and self.phrases[at].kind != "vg" and not self.phrases[at].det
        after = self.phrases[at + 1] if closed and at + 1 < self.clauses.count else None
        return at if closed and (after is None or after.kind == "w" or after.form == "inf") else -1

    def _inserted(self, k: int) -> bool:
        """Whether the dash at `k` opens an insertion, which another closes: "the road - closed since May - is"."""
        for phrase in self.phrases[k + 1 :]:
            if phrase.kind == "w" and phrase.cls in "-;.":
                return phrase.cls == "-"
        return False

    def _valued(self, k: int) -> bool:
        """Whether the verb form at `k` is the value of a label: "Port: open"."""
        j = k - 1
        while j >= 0 and self.phrases[j].kind == "w" and self.phrases[j].cls == "R":
            j -= 1
        return j >= 0 and self.phrases[j].kind == "w" and self.phrases[j].cls in ":-"

    def _label(self, begin: int, k: int) -> None:
        """The label whose name begins at `begin` and ends before the mark at `k`."""
        first = begin
        while first < k and self.phrases[first].kind == "w" and self.phrases[first].cls in "~-R":
            first += 1
        at = k + 1
        while at < self.clauses.count and self.phrases[at].kind == "w" and self.phrases[at].cls == "R":
            at += 1
        led = (
            first + 1 < k and self.phrases[first].kind == "w" and self.phrases[first].word in ("to", "towards", "from")
        )
        first += led
        if first >= k or self.phrases[first].kind != "np" or at >= self.clauses.count:
            return
        value = self.phrases[at]
        passes, cut = self._passes(value), self._cut_off(value)
        read = any(finding.verb == at and finding.kind != "control" for finding in self.found)
        items = self.clauses.items(first) if (passes or cut) and not read else []
        if not items or items[-1].end < k - 1:
            return
        for item in items:
            way = self._is_way(item, pronoun=False)
            bare = self.phrases[item.at].cls == "name" and not self.is_armed(item.at)
            if passes and (way or bare):
                named = self.named_way(item)
                if named is not None and bare:
                    named.text = self._with_dash(item.at) or named.text
                if named is not None and led and bare:  # "To Sarab: open"
                    named.text = f"road {self.phrases[first - 1].word} {named.text}"
                kind, holds = "route", passes
            elif cut and not way and self.accepts(self.clauses, item, "place"):
                named = name_asset(self.clauses, self.tokens, item)
                kind, holds = "siege", cut
            else:
                continue
            if named is not None:
                start, end = self.phrases[first].start, value.end
                self.found.append(Finding("label", kind, holds, -1, named, start, end, verb=at))

    def _with_dash(self, at: int) -> str:
        """The two ends of a road that a dash joins: "Belen–Darin: closed"; "" where the name is of one place."""
        phrase = self.phrases[at]
        words = [token.text for token in self.tokens[phrase.start : phrase.end]]
        mark = next((word for word in words[1:-1] if word in _DASHES), "")
        return " ".join(words).replace(f" {mark} ", mark) if mark else ""

    def _passes(self, value: Phrase) -> str:
        """Whether the value says that a way can be used: "yes", "no", or "" where it says nothing of that."""
        words = way_words()
        said = value.mods[0] if value.kind == "vg" and value.mods else value.word
        if value.kind == "np" and value.det in ("no", "zero"):
            return "no" if value.word in words["carried"] | words["service"] | words["anybody"] else ""
        holds = "yes" if said in words["label_open"] else "no" if said in words["label_closed"] else ""
        return _TURNED[holds] if holds and value.negated else holds

    def _cut_off(self, value: Phrase) -> str:
        said = value.mods[0] if value.kind == "vg" and value.mods else value.word
        if said not in siege_words()["label"]:
            return ""
        return "no" if value.negated else "yes"
