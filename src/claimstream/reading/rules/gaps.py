"""Clauses that leave out their verb: "the port by the rebels", "and the bridge on Tuesday", "then the port"."""

from __future__ import annotations

from dataclasses import replace

from claimstream.reading.rules.assets import Named, name_asset
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.nouns import NounRules
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.words import clause_words, lexicon, listed

_HOLDERS = frozenset("hands those that control".split())
_GIVING = frozenset(("fall-to", "left-to", "lose-to", "hand-over", "go-over", "belong-to"))
"""Rules whose side stands after "to"."""
_ALSO = frozenset("also too finally likewise then".split())
"""Words of a clause that goes on with the verb of the one before."""
_DIRECTIONS = frozenset("north south east west centre center".split())
_UNNAMED = WORDS["tallied"] | {"position"}
_UNITS = clause_words("area_units")
_SPREAD = clause_words("spread")
"""Nouns of what is told by its size."""
_COUNTS = clause_words("counts")
_THEN = frozenset("later earlier before after afterwards ago previously".split())
_REACH = 30
"""How many phrases behind a finding are looked at."""


class Gaps(NounRules):
    """Adds what a clause says with the verb of the one before."""

    def _gaps(self) -> None:
        for model in list(self.found):
            if model.kind != "control" or model.passing or model.verb < 0 or model.asset is None:
                continue
            self._among(model)
            for j in range(model.verb + 1, min(model.verb + _REACH, self.clauses.count - 1)):
                phrase = self.phrases[j]
                if (
                    phrase.kind == "vg"
                    and j > model.verb + 1
                    and self.phrases[j - 1].kind == "np"
                    and phrase.form == "fin"
                ):
                    break
                if phrase.kind == "w" and phrase.cls in ",;K:":
                    self._gap(model, j)

    def _gap(self, model: Finding, j: int) -> None:
        """The clause that begins behind the comma or "and" at `j`, where it has a place and no verb."""
        at, told = j + 1, self.phrases[j].word == "nor"
        while at < self.clauses.count and self.phrases[at].kind == "w" and self.phrases[at].cls in "RK,":
            told = told or self.phrases[at].word in _ALSO or self.phrases[at].word == "nor"
            at += 1
        if [phrase.word for phrase in self.phrases[at : at + 2]] in (["with", "it"], ["with", "them"]):
            at, told = at + 2, True  # "the port has fallen, and with it the airport"
        opened = self._past_time(at)
        dated, at = opened > at, opened
        if at < self.clauses.count and self._led_alike(model, at):
            told = told or self.phrases[at - 1].cls == "K"
            at += 1
        if at >= self.clauses.count or self.phrases[at].kind != "np":
            return
        if self._other_side(model, at):
            return
        rest = self._rest_of(model, at)
        items = [i for i in self.clauses.items(at) if rest is not None or self.accepts(self.clauses, i, "asset")]
        if not items or items[0].at != at or self._found_at(at):
            return
        end = self._past_insertion(at + 1 if rest is not None else items[-1].end)
        while end < self.clauses.count and self.phrases[end].kind == "w" and self.phrases[end].cls == "R":
            told = told or self.phrases[end].word in _ALSO
            end += 1
        told = told or [phrase.word for phrase in self.phrases[end : end + 2]] == ["as", "well"]
        told = told or (self.phrases[j].word == ":" and len(items) > 1)  # "they hold it all: the port and the mill"
        side, words, end = self._gap_side(model, end)
        timed = end < self.clauses.count and self._timed(end)
        if dated and not timed and (end >= self.clauses.count or self.phrases[end].cls in (".", ";", "K")):
            told = True  # "took the port on Monday, on Tuesday the airport"
        if side < 0 and not words and (rest is not None or (not told and not (timed and self._bare(model)))):
            return
        stop = end + 2 if timed and self.phrases[end].kind == "w" else end + 1 if timed else end
        stop += timed and stop < self.clauses.count and self.phrases[stop].word in _THEN  # "Belen a day later"
        if not self._ends(stop):
            return
        for item in items[:1] if rest is not None else items:
            named = rest or name_asset(self.clauses, self.tokens, item)
            if named is not None:
                made = replace(
                    model,
                    asset=named,
                    start=self.phrases[at].start,
                    end=self.phrases[min(stop, self.clauses.count) - 1].end,
                )
                if side >= 0 and self.phrases[side].word == "neither":
                    made = replace(made, holds="contested", side=-1, sides=(), words="")
                elif side >= 0 or words:
                    made = replace(made, side=side, sides=(side,) if side >= 0 else (), words=words)
                self.found.append(made)

    def _among(self, model: Finding) -> None:
        """ "Seventeen towns, among them A and B", "two villages, including A": A and B too."""
        if model.asset is None or not model.asset.generic or not model.asset.head.endswith("s"):
            return
        for j in range(model.verb + 1, min(model.verb + _REACH, self.clauses.count - 2)):
            if self.phrases[j].kind == "w" and self.phrases[j].cls in ";.":
                return
            if self.phrases[j].cls == "-" and self._names_behind(j):
                follow, word = j + 1, "namely"  # "the towns that they took – A, B and C – lie"
            elif self.phrases[j].word != ",":
                continue
            else:
                word, follow = self.phrases[j + 1].word, j + 2
            if word == "among" and self.phrases[follow].word in ("them", "these", "which"):
                follow += 1
            elif self._told_among(j + 1):
                follow = j + 1  # "40 towns were retaken, A and B among them"
            elif word not in ("including", "namely", "notably"):
                continue
            while follow < self.clauses.count and self.phrases[follow].kind == "w" and self.phrases[follow].cls in "R,":
                follow += 1
            if follow >= self.clauses.count or self.phrases[follow].kind != "np":
                continue
            for item in self.clauses.items(follow):
                if self.accepts(self.clauses, item, "asset") and not self._found_at(item.at):
                    named = name_asset(self.clauses, self.tokens, item)
                    self.found.append(replace(model, asset=named, end=self.phrases[item.end - 1].end))
            return

    def _told_among(self, j: int) -> bool:
        """Whether "among them" stands behind the list that begins at `j`."""
        items = self.clauses.items(j) if self.phrases[j].cls == "name" else []
        words = [p.word for p in self.phrases[items[-1].end : items[-1].end + 2]] if items else []
        return words in (["among", "them"], ["among", "these"])

    def _names_behind(self, j: int) -> bool:
        """Whether two or more names stand behind the dash at `j`, and then the next dash or the end."""
        items = self.clauses.items(j + 1)
        named = len(items) > 1 and all(self.phrases[item.at].cls == "name" for item in items)
        end = items[-1].end if named else j
        return named and (end >= self.clauses.count or self.phrases[end].cls in ("-", ".", ";"))

    def _tallied(self, finding: Finding) -> bool:
        """Whether the asset only counts places: "seventeen towns" is a figure, and names none of them."""
        asset = finding.asset
        if asset is None or finding.kind != "control" or finding.passing:
            return False
        if self._ranked_again(asset) or self._measured(asset):
            return True
        if asset.head not in _UNNAMED:
            return False
        if asset.place or asset.owner or not asset.generic:
            return False
        if asset.text == "position" and self.tokens[asset.first].lower == "the":
            return False  # the hill spoken of
        if asset.text in ("position", "positions"):
            return True  # "take a position", "hold their positions"
        said = {self.tokens[at].lower for at in range(asset.first, min(asset.last, len(self.tokens)))}
        return any((word.isdigit() and len(word) > 1) or word in _COUNTS for word in said)

    def _measured(self, asset: Named) -> bool:
        """ "Took an area of 1,150 square km", "200 hectares of land": a figure, which names no place."""
        if not asset.generic or asset.place or asset.head not in _SPREAD or asset.last >= len(self.tokens):
            return False
        said = [token.lower for token in self.tokens[max(0, asset.first - 5) : asset.last + 5]]
        here = asset.first - max(0, asset.first - 5)
        behind, before = said[here + 1 :], said[:here]
        sized = "of" in behind and any(word[:1].isdigit() for word in behind) and not _UNITS.isdisjoint(behind)
        return sized or (before[-1:] == ["of"] and not _UNITS.isdisjoint(before[-2:]))

    def _ranked_again(self, asset: Named) -> bool:
        """ "Took Belen on Monday, the sixth town lost by the army": the sixth town is Belen, told already."""
        at = next((j for j, p in enumerate(self.phrases) if p.kind == "np" and p.start <= asset.first < p.end), 0)
        told = self.phrases[at]
        ranked = at > 1 and told.det == "the" and any(word in listed("ordinals") for word in told.mods)
        apart = ranked and any(p.word == "," for p in self.phrases[max(0, at - 3) : at])
        return apart and any(f.asset is not None and f.asset.first < asset.first for f in self.found)

    def _led_alike(self, model: Finding, at: int) -> bool:
        """ "No troops in Belen, nor in Sarab": whether the preposition at `at` is that before the model's place."""
        if self.phrases[at].kind != "w" or self.phrases[at].cls not in "I" or model.asset is None:
            return False
        first = model.asset.first
        near = range(max(1, model.verb - _REACH), min(self.clauses.count, model.verb + _REACH))
        led = next((j for j in near if self.phrases[j].start == first), 0)
        return led > 0 and self.phrases[led - 1].word == self.phrases[at].word

    def _other_side(self, model: Finding, at: int) -> bool:
        """ "Troops hold the port, the rebels the mill": whether the clause at `at` is a side and its place; adds it."""
        inner = at + 1
        apart = inner < self.clauses.count and self.phrases[inner].word == "," and self.phrases[at - 1].word == ";"
        inner += apart  # "; the rebels, the mill"
        inner += self._led_alike(model, inner) if inner + 1 < self.clauses.count else 0  # "and the army in the centre"
        held = model.side >= 0 and model.side < model.verb and model.asset is not None
        if not held or not self.is_armed(at) or inner >= self.clauses.count or self.phrases[inner].kind != "np":
            return False
        rest = self._rest_of(model, inner)
        items = [Item(inner, inner + 1)] if rest is not None else self.clauses.items(inner)
        items = [i for i in items if rest is not None or self.accepts(self.clauses, i, "asset")]
        if not items or items[0].at != inner or self._found_at(inner) or not self._ends(items[-1].end):
            return False
        made = False
        for item in items:
            named = rest or name_asset(self.clauses, self.tokens, item)
            if named is not None:
                start, end = self.phrases[at].start, self.phrases[item.end - 1].end
                self.found.append(replace(model, asset=named, side=at, sides=(at,), words="", start=start, end=end))
                made = True
        return made

    def _rest_of(self, model: Finding, at: int) -> Named | None:
        """ "Half of Belen is theirs, the rest the army's": a share alone is of what was spoken of."""
        phrase, whole = self.phrases[at], model.asset
        if (
            whole is None
            or whole.text.lower() in _DIRECTIONS
            or (at + 1 < self.clauses.count and self.phrases[at + 1].word == "of")
        ):
            return None
        side = phrase.det == "the" and phrase.word in _DIRECTIONS and not phrase.mods[1:]
        other = phrase.word in lexicon().shares and (
            phrase.det in ("", "the", "a", phrase.word) or phrase.det.isdigit()
        )
        ones = phrase.word == "ones" and whole.head in lexicon().assets
        if ones and phrase.mods:
            return replace(whole, text=f"{phrase.mods[-1]} {whole.head}", first=phrase.start, last=phrase.end)
        halves = whole.extent != "all" or any(p.word in _DIRECTIONS for p in self.phrases[max(0, at - _REACH) : at])
        parted = halves and (side or other)
        first, _, city = whole.text.partition(" of the ")
        text = f"{phrase.word} of the {city}" if side and first in _DIRECTIONS and city else whole.text
        return replace(whole, text=text, extent="part", first=phrase.start, last=phrase.end) if parted else None

    def _past_insertion(self, end: int) -> int:
        """The phrase after an insertion in commas that begins at `end` and stands before a time: "nearer in"."""
        if not (end < self.clauses.count and self.phrases[end].word == ","):
            return end
        for j in range(end + 1, min(end + 8, self.clauses.count - 1)):
            phrase = self.phrases[j]
            if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ";.:K"):
                break
            if phrase.word == ",":
                return j + 1 if self._timed(j + 1) else end
        return end

    def _gap_side(self, model: Finding, end: int) -> tuple[int, str, int]:
        """The side of the clause, its name, and the phrase behind it: "by the rebels", "in army hands"."""
        word = self.phrases[end].word if end < self.clauses.count else ""
        whose = model.rule == "genitive" and end < self.clauses.count and self.phrases[end].form == "gen"
        if whose and self.is_side(end):
            return end, "", end + 1  # "the north is the army's, the south the militia's"
        at = end + 1
        if at >= self.clauses.count:
            return -1, "", end
        if word == "by" and (self.is_side(at) or self.phrases[at].word == "neither"):
            return at, "", self.clauses._tail(at)
        if (word == "to" and model.rule in _GIVING) or (word == "with" and model.rule == "with-side"):
            return (at, "", at + 1) if self.is_armed(at) else (-1, "", end)
        if word in ("in", "under"):
            if self.phrases[at].form == "gen" and self.is_side(at):
                return at, "", at + 1  # "under the army's"
            held = at + 2 < self.clauses.count and self.phrases[at].word in _HOLDERS
            if held and self.phrases[at + 1].word == "of" and self.is_side(at + 2):
                return at + 2, "", at + 3
            if model.rule == "in-hands" and self.phrases[at].word in _HOLDERS:
                return -1, self.holder(at)[0], at + 1
        return -1, "", end

    def _past_time(self, at: int) -> int:
        """The phrase after a time that begins at `at`: "on Tuesday the airport"."""
        if at + 1 < self.clauses.count and self._timed(at):
            end = at + 1 if self.phrases[at].cls == "time" else at + 2
            return end + (end < self.clauses.count and self.phrases[end].word in _THEN)  # "a day later the airport"
        return at

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
