"""Words that say again, or deny, what the sentence has just said."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from claimstream.reading.rules.assets import Named, name_asset
from claimstream.reading.rules.clauses import Item, moods
from claimstream.reading.rules.headlines import Headlines
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.table import Finding

ANYBODY: Final = frozenset(("whoever", "who", "anyone", "anybody", "those", "nobody", "some"))
_TRUE: Final = frozenset("true correct accurate so right".split())
CALLING: Final = frozenset("call describe brand branded label dub denounce denounced slam decry".split())
_OTHERWISE: Final = frozenset(("otherwise", "differently", "contrary", "story"))
_THEM: Final = ("them", "him", "her")
_MADE_UP: Final = ("fabricate", "invent", "exaggerate")
DIFFERING: Final = frozenset(("disagree", "scoff", "demur", "differ"))


class Echoes(Headlines):
    """Ellipses, "as have the heights", "the army denied it"."""

    def _ellipses(self) -> None:
        """ "A and B are held by the army; C and D are not": what was said is said of C and D the other way round."""
        for k, phrase in enumerate(self.phrases):
            if phrase.kind == "vg" and self.same_way(k):
                self._followed(k)
            if phrase.kind != "vg" or phrase.word not in ("be", "do", "have", "remain"):
                continue
            if self._so(k) and k + 1 < self.clauses.count and self.phrases[k + 1].kind == "np":
                self._likewise(k)
                continue
            if not phrase.negated:
                continue
            follow = self.clauses.phrases[k + 1] if k + 1 < self.clauses.count else None
            if follow is not None and not (follow.kind == "w" and follow.cls in ".,;KS"):
                continue
            models = [
                f for f in self.found if 0 <= f.verb < k and f.kind in ("control", "route") and f.holds in ("yes", "no")
            ]
            if not models:
                continue
            model = models[-1]
            if phrase.word in ("have", "do", "be") and self._other_speaks(k):
                self._denied_by(k, model)
                continue
            for at in self.clauses.subject(k):
                item = Item(at, self.clauses._tail(at))
                named = self._alike(model, item)
                if named is not None:
                    holds = "no" if model.holds == "yes" else "yes"
                    self.found.append(
                        replace(model, asset=named, holds=holds, start=phrase.start, end=phrase.end, verb=k)
                    )

    def _so(self, k: int) -> bool:
        """Whether "as" or "so" stands before the verb, also with an insertion between: "and so, they say, is Belen"."""
        at = k - 1
        if at > 0 and self.phrases[at].word == ",":
            at = next((j - 1 for j in range(at - 1, max(0, at - 6), -1) if self.phrases[j].word == ","), 0)
        return at >= 0 and self.phrases[at].word in ("as", "so", "nor", "neither")

    def same_way(self, k: int) -> bool:
        """Whether the verb `k` says that the same befell its subject: "Belen followed", "went the same way"."""
        verb = self.phrases[k]
        follow = self.phrases[k + 1] if k + 1 < self.clauses.count else None
        if verb.word == "go" and follow is not None:
            return follow.word == "way" and "same" in follow.mods
        bare = follow is None or follow.cls == "time" or (follow.kind == "w" and follow.cls in ".,;RISK")
        return verb.word == "follow" and verb.form == "fin" and not verb.passive and not verb.negated and bare

    def _followed(self, k: int) -> None:
        models = [f for f in self.found if 0 <= f.verb < k and f.kind == "control" and f.holds in ("yes", "no")]
        models = [f for f in models if f.holds == "yes"] or models
        for at in self.clauses.subject(k) if models else ():
            item = Item(at, self.clauses._tail(at))
            named = self._alike(models[-1], item)
            if named is not None and (not named.generic or named.classes) and not self._found_at(at):
                start, end = self.phrases[at].start, self.phrases[k].end
                self.found.append(replace(models[-1], asset=named, start=start, end=end, verb=k))

    def _other_speaks(self, k: int) -> bool:
        """ "The governor says rebels took it; the army says they did not": the pronoun and who denies before it."""
        before = self.clauses.before(k)
        if before < 1 or self.phrases[before].word not in ("they", "it"):
            return False
        teller = self.phrases[before - 1 - (before > 1 and self.phrases[before - 1].word == "that")]
        return teller.kind == "vg" and teller.word in moods()["saying verbs"]

    def _likewise(self, k: int) -> None:
        """ "The station has been liberated, as have the heights": what was said holds of the heights too."""
        models = [f for f in self.found if 0 <= f.verb < k and f.holds in ("yes", "no")]
        if not models:
            return
        model = models[-1]
        for item in self.clauses.items(k + 1):
            start, end = self.phrases[k].start, self.phrases[item.end - 1].end
            named = self._alike(model, item)
            if named is not None:
                self.found.append(replace(model, asset=named, start=start, end=end, verb=k))
            elif model.kind == "control" and self.is_armed(item.at):  # "the army has left, and so have the rebels"
                self.found.append(replace(model, side=item.at, sides=(item.at,), words="", start=start, end=end))
            elif self._cuts_off(model) and self.accepts(self.clauses, item, "place"):
                town = name_asset(self.clauses, self.tokens, item)
                self.found.append(replace(model, kind="siege", holds="yes", asset=town, start=start, end=end, verb=k))

    def _alike(self, model: Finding, item: Item) -> Named | None:
        """The name of what the same can be said of: of a road what was said of a road."""
        if model.kind == "route":
            return self.named_way(item) if self.accepts(self.clauses, item, "road") else None
        return name_asset(self.clauses, self.tokens, item) if self.accepts(self.clauses, item, "asset") else None

    def _cuts_off(self, model: Finding) -> bool:
        """Whether the words that close a road would encircle a town: "the road is cut, and so is Belen"."""
        return model.kind == "route" and model.holds == "no" and self.phrases[model.verb].word in ("cut", "isolate")

    def _refusals(self) -> None:
        """ "X say they have taken Belen, Y deny it": the claims before are denied.

        Where the sentence itself has claimed nothing before, `answer` tells that the sentence before is meant.
        """
        for k, phrase in enumerate(self.phrases):
            if phrase.kind != "vg":
                continue
            answer = (self._otherwise(k) or self._not_true(k)) if phrase.negated else self._answers(k)
            if not answer:
                continue
            models = [f for f in self.found if f.verb < k and not f.passing and not f.denial]
            if phrase.word in CALLING:
                models = [f for f in models if not f.turned]  # "has not fallen, he said, calling the report a lie"
            follow = self.phrases[k + 1] if k + 1 < self.clauses.count else phrase
            pointed = follow.kind == "np" or follow.word == "that"
            if not models:
                apart = any(p.word == ";" for p in self.phrases[:k])  # answers what stands before the semicolon
                if apart and phrase.word not in DIFFERING:
                    continue
                if (
                    pointed
                    or phrase.passive
                    or phrase.negated
                    or answer == "affirm"
                    or phrase.word in DIFFERING
                    or self._contrary(k)
                ):
                    self.answer, self.answer_at = answer, k
            elif answer == "deny":
                for model in models:
                    if model.holds in ("yes", "no"):
                        self._denied_by(k, model)

    def _denied_by(self, k: int, model: Finding) -> None:
        """The claim turned round, in the words of who denies it: the verb `k` and what follows it."""
        holds = "no" if model.holds == "yes" else "yes"
        last = self.phrases[min(k + 1, self.clauses.count - 1)]
        start, end = self.phrases[k].start, max(self.phrases[k].end, last.end)
        self.found.append(replace(model, holds=holds, denial=True, verb=k, start=start, end=end))

    def _answers(self, k: int) -> str:
        """ "deny" or "confirm" where the verb answers a claim told before ("denied it", "confirmed the loss")."""
        phrase = self.phrases[k]
        follow = self.clauses.phrases[k + 1] if k + 1 < self.clauses.count else None
        if phrase.word in CALLING:
            return "deny" if self._calls_untrue(k) else ""
        if phrase.word == "be" and self._found_untrue(k):
            return "deny"
        if self._contrary(k):
            return "deny"
        if self._echoes(k):
            return "affirm"
        if follow is not None and self._contradicts_them(k, follow):
            return "deny"
        denies = phrase.word in moods()["denying verbs"] or phrase.word in DIFFERING or phrase.word == "contradict"
        confirms = phrase.word in ("confirm", "acknowledge", "concede", "admit")
        status = self.clauses.status(k)
        if not (denies or confirms) or not status.real or status.negated:  # "has stopped disputing it"
            return ""
        if any(self._none(at) for at in self.clauses.subject(k)):
            return ""  # "and nobody disagreed"
        if phrase.word in DIFFERING and follow is not None and follow.word in ("about", "over", "on", "whether"):
            return ""  # "but they disagreed about the port"
        if phrase.word in DIFFERING and self.phrases[0].word == "on":
            return ""  # "On the number of the dead accounts differ"
        if phrase.word in DIFFERING and follow is not None and follow.word in ("at", "with"):
            at = self.phrases[k + 2] if k + 2 < self.clauses.count else follow
            if at.kind == "np" and at.cls == "other" and at.word not in moods()["telling nouns"]:
                return ""  # "scoffed at the figure"
            if at.det in ("a", "an", "any"):
                return ""  # "scoffed at a claim to have won it back"
        pointing = False
        if follow is not None and follow.kind == "np" and self._ends(k + 2):
            told = follow.word in moods()["telling nouns"] | {"loss", "capture", "withdrawal", "retreat"}
            whole = k + 2 < self.clauses.count and self.phrases[k + 2].word == "of"  # "denied the loss of Belen"
            pointing = follow.word in ("it", "this", "that") or (
                told and not whole and follow.det in ("the", "this", "that", "these", "those", "such")
            )
        bare = denies and (follow is None or (follow.kind == "w" and follow.cls in ".;,"))
        if phrase.word in DIFFERING or pointing or bare or (denies and self._of_what_was_told(k)):
            return "deny" if denies else "confirm"
        return ""

    def _contradicts_them(self, k: int, follow: Phrase) -> bool:
        """ "That was contradicted by a councillor", "officials contradicted them"."""
        verb = self.phrases[k]
        if not self.clauses.status(k).real or verb.negated:
            return False
        if verb.passive and follow.word == "by":
            denied = verb.word == "contradict" or verb.word in moods()["denying verbs"]
            return denied and k == 1 and self.phrases[0].word in ("that", "this", "it")
        return verb.word == "contradict" and follow.word in _THEM and self._ends(k + 2)

    def _otherwise(self, k: int) -> str:
        """ "The army says they do not": the pronoun's verb, denied and alone."""
        return "deny" if self._echoes(k) else ""

    def _echoes(self, k: int) -> bool:
        """Whether the verb alone says again what was told before: "the army says they have", "... they do not"."""
        follow = self.phrases[k + 1] if k + 1 < self.clauses.count else None
        alone = follow is None or (follow.kind == "w" and follow.cls in ".;,")
        echo = self.phrases[k].word in ("be", "do", "have") and alone and self._other_speaks(k)
        return echo and not any(f.verb < k for f in self.found)

    def _contrary(self, k: int) -> bool:
        """ "Insists otherwise", "tells a different story"."""
        follow = self.phrases[k + 1] if k + 1 < self.clauses.count else None
        if follow is None or follow.word not in _OTHERWISE or self.phrases[k].word not in moods()["saying verbs"]:
            return False
        if follow.word == "story" and not ("different" in follow.mods or follow.det == "another"):
            return False
        nobody = any(self.phrases[at].word in ANYBODY for at in self.clauses.subject(k))
        return not nobody and self.clauses.status(k).real

    def _of_what_was_told(self, k: int) -> bool:
        """ "A claim that the army dismissed as theatre", "a claim denied by the army": of the claims before."""
        by = k + 1 < self.clauses.count and self.phrases[k + 1].word == "by"
        if by and k and self.phrases[k - 1].word in moods()["telling nouns"]:
            return k > 1 and self.phrases[k - 2].word == ","
        at = self.clauses.subject(k)[:1]
        before = min(at) - 1 if at else -1
        while before >= 0 and self.phrases[before].word in ("that", "which", ","):
            before -= 1
        return before >= 0 and self.phrases[before].word in moods()["telling nouns"]

    def _found_untrue(self, k: int) -> bool:
        """ "Said the claim was false"."""
        follow = self.phrases[k + 1 : k + 2]
        return bool(follow) and follow[0].word in moods()["telling untrue"] and self._of_a_claim(k)

    def _not_true(self, k: int) -> str:
        """ "Said this was not true"."""
        follow = self.phrases[k + 1 : k + 2]
        told = self.phrases[k].word == "be" and bool(follow) and follow[0].word in _TRUE
        return "deny" if told and self._ends(k + 2) and self._of_a_claim(k) else ""

    def _of_a_claim(self, k: int) -> bool:
        """Whether the verb is said of what was told: "the claim was", "this was"."""
        told = self.clauses.subject(k)[:1]
        if not told or told[0] > k:
            return False
        claim = self.phrases[told[0]]
        if claim.end == claim.start + 1:
            return claim.word in ("this", "that") and told[0] > 0 and self.phrases[told[0] - 1].kind == "vg"
        pointed = claim.det in ("the", "this", "that", "these", "those", "such") and claim.end == claim.start + 2
        whole = self.phrases[told[0] + 1].word in ("of", "that", "about")  # "the story of a blockade is a lie"
        return pointed and claim.word in moods()["telling nouns"] and not whole

    def _calls_untrue(self, k: int) -> bool:
        """ "Called the report false"."""
        told = moods()["telling nouns"] | {"it", "this", "that"}
        untrue = moods()["telling untrue"]
        for m in range(k + 1, min(k + 4, self.clauses.count)):
            phrase = self.phrases[m]
            made_up = (
                phrase.kind == "vg" and phrase.word in ("fabricate", "invent", "exaggerate") and not phrase.negated
            )
            if (phrase.word in untrue or made_up) and (m > k + 1 or any(x in told for x in phrase.mods)):
                if m + 1 < self.clauses.count and self.phrases[m + 1].word in ("that", "to"):
                    return False  # "called it absurd that they could not stop them"
                return self.phrases[k + 1].word in told or any(x in told for x in phrase.mods)
        return False
