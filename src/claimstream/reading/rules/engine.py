"""Runs the rules of lexicon/control.toml over the clauses of one sentence."""

from __future__ import annotations

from claimstream.reading.rules import patterns
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.triggers import Said, may_be_verbless, may_label, may_pass, may_show, triggers
from claimstream.reading.rules.waylabels import Labels

_NOTHING: frozenset[str] = frozenset()


class Reader(Labels):
    """One sentence on its way through the rules."""

    def findings(self, said: Said) -> list[Finding]:
        """Everything that the rules read in the sentence, of which `said` holds the words."""
        if self.clauses.question or self.clauses.supposed():
            return []
        table = triggers()
        passing, verbless = may_pass(said), self.headline or may_be_verbless(said)
        for k, phrase in enumerate(self.phrases):
            if phrase.kind == "vg":
                guardeds = table.by_verb.get(phrase.word, ())
                behind = self._behind(k, said) if guardeds else _NOTHING
                for guarded in guardeds:
                    if guarded.may_fire(said, behind) and self._verb_rule(guarded.rule, k):
                        break
            elif phrase.kind == "np":
                for guarded in table.by_noun.get(phrase.word, ()):
                    if guarded.may_fire(said, _NOTHING) and self._noun_rule(guarded.rule, k):
                        break
                if passing:
                    self._passing(k)
                if verbless:
                    self._verbless(k)
        if verbless or may_show(said):
            self._verbless_more()
        if self.found:
            self._gaps()
            self._ellipses()
            self.found = [finding for finding in self.found if not self._tallied(finding)]
        if self.headline or self._without_verb():
            self._way_lines()
        self._refusals()
        if may_label(said):
            self._labels()
            self._told_ways()
        return self.standing([self.settled(finding) for finding in self.found])

    def _behind(self, k: int, said: Said) -> set[str]:
        """The words right behind the verb `k`, with adverbs and times or past them; and those of flags, wherever."""
        found = set(WORDS["flag"] & said.words)
        for at in {k + 1, self._after_adverbs(k + 1), patterns.passed(self.clauses, k + 1)}:
            if at < self.clauses.count:
                found.add(self.phrases[at].word)
                if self.phrases[at].kind == "vg":
                    found.add(self.phrases[at].mods[0])
        return found
