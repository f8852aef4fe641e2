"""Runs the rules of lexicon/control.toml over the clauses of one sentence."""

from __future__ import annotations

from claimstream.reading.rules.echoes import Echoes
from claimstream.reading.rules.table import Finding, rules


class Reader(Echoes):
    """One sentence on its way through the rules."""

    def findings(self) -> list[Finding]:
        """Everything that the rules read in the sentence."""
        if self.clauses.question:
            return []
        table = rules()
        for k, phrase in enumerate(self.phrases):
            if phrase.kind == "vg":
                for rule in table.by_verb.get(phrase.word, ()):
                    if self._verb_rule(rule, k):
                        break
            elif phrase.kind == "np":
                for rule in table.by_noun.get(phrase.word, ()):
                    if self._noun_rule(rule, k):
                        break
                self._passing(k)
                self._verbless(k)
        self._ellipses()
        self._refusals()
        return self.found
