"""Runs the rules of lexicon/control.toml over the clauses of one sentence."""

from __future__ import annotations

from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.triggers import may_be_verbless, may_label, may_pass, may_show, said_words, triggers
from claimstream.reading.rules.waylabels import Labels


class Reader(Labels):
    """One sentence on its way through the rules."""

    def findings(self) -> list[Finding]:
        """Everything that the rules read in the sentence."""
        if self.clauses.question:
            return []
        table = triggers()
        words = {token.lower for token in self.tokens}
        said = said_words(words)
        passing, verbless = may_pass(words), self.headline or may_be_verbless(words)
        for k, phrase in enumerate(self.phrases):
            if phrase.kind == "vg":
                for guarded in table.by_verb.get(phrase.word, ()):
                    if guarded.may_fire(said) and self._verb_rule(guarded.rule, k):
                        break
            elif phrase.kind == "np":
                for guarded in table.by_noun.get(phrase.word, ()):
                    if guarded.may_fire(said) and self._noun_rule(guarded.rule, k):
                        break
                if passing:
                    self._passing(k)
                if verbless:
                    self._verbless(k)
        if verbless or may_show(words):
            self._verbless_more()
        if self.found:
            self._gaps()
            self._ellipses()
            self.found = [finding for finding in self.found if not self._tallied(finding)]
        self._refusals()
        if may_label(words):
            self._labels()
        return self.standing([self.settled(finding) for finding in self.found])
