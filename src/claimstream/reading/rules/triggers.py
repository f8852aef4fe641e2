"""What a rule must find in a sentence to fire, read off the rule itself: a cheap look that spares most the parsing.

It looks at words only: the verb or noun that sets the rule off, its particle, the words of its slots and patterns. So
many a sentence is let in for nothing; none is left out that a rule would have read.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from claimstream.model import Token
from claimstream.reading.rules import patterns
from claimstream.reading.rules.assets import HELD, demonyms
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Rule, rules
from claimstream.reading.rules.tags import BE, HAVE
from claimstream.reading.rules.waynames import siege_words, way_needs, way_words
from claimstream.reading.rules.words import lexicon

Needs = tuple[frozenset[str], ...]
"""Of each of the sets one word must stand in the sentence."""

_PASSING = frozenset(("besieged", "encircled"))
"""Adjectives that say something in passing."""
_VERBLESS: tuple[Needs, ...] = (
    (frozenset("still again now back".split()), frozenset("in inside on at theirs ours mine yours".split())),
    (frozenset(("in",)), frozenset("control charge possession".split()), frozenset(("of",))),
    (WORDS["fighting"], frozenset(("inside", "within"))),
)
"""What stands in sentences that say without a verb who holds a place."""
_LABEL_MARKS = frozenset((":", "-", "–", "—"))
_LABELLED = frozenset("in of hands hold".split())
"""Words that the colon of a label stands for."""
_LABEL = 7
"""Words that a label with a dash has at most: "Belen - army"."""
_SHORT = 24
"""Words that a line with a label has at most."""
_POINTING = frozenset("it this that loss capture withdrawal retreat".split())
_CALLING = "call describe brand branded label dub denounce denounced slam decry".split()
_AUXILIARIES = {"be": BE | {"'s"}, "have": HAVE, "do": frozenset("do does did done doing".split())}


class Said:
    """The words of one sentence, in lower case: what the cheap looks are taken at.

    `forms` holds the words and the lemmas of those that can be verbs; `odd` those that are not letters only.
    """

    def __init__(self, tokens: tuple[Token, ...], crosses: bool = False) -> None:
        verbs = lexicon().verbs
        self.words = {token.lower for token in tokens}
        self.odd = [word for word in self.words if not word.isalpha()]
        words = self.words | _LABELLED if ":" in self.words else self.words
        self.forms = words.union(_AUXILIARIES, [verbs[word].lemma for word in verbs.keys() & words])
        if crosses or any(word[-1].isdigit() and word[0].isalpha() for word in self.odd):
            self.forms.add("road")  # the A9, which needs no noun to be one; a crossing by its name alone
        if not self.words.isdisjoint(way_words()["foreign"] | way_words()["named_wholly"]):
            self.forms.add("road")  # "the Ruta Sur"
        if "'s" in self.odd or "whose" in self.words:
            self.forms.add("of")  # "Belen's fall" is read as the fall of Belen
        if "out" in self.words:
            self.forms.add("from")  # "flights in and out of Belen" are read as flights from Belen
        if "what" in self.words or "all" in self.words:
            self.forms.add("hold")  # "what is left to the army" is what it holds


@dataclass(slots=True)
class Guarded:
    """A rule with what it needs: one of the alternatives must be met.

    `opens` are the words of which one must stand right behind the verb, adverbs and times passed over; empty where the
    rule asks for no such word.
    """

    rule: Rule
    needs: tuple[Needs, ...]
    opens: frozenset[str]

    def may_fire(self, said: Said, behind: Set[str]) -> bool:
        """Whether the words of a sentence hold what the rule needs; `behind` are those right behind the verb."""
        return not (self.opens and self.opens.isdisjoint(behind)) and met(self.needs, said.forms)


class Triggers(NamedTuple):
    """The rules by the lemma or the noun that sets them off; for single words what else must be said, in alternatives.

    `answers` are verbs that deny or confirm what the sentence before has claimed.
    """

    by_verb: dict[str, tuple[Guarded, ...]]
    by_noun: dict[str, tuple[Guarded, ...]]
    words: dict[str, tuple[Needs, ...]]
    answers: dict[str, tuple[Needs, ...]]


def worth_reading(said: Said, answering: bool) -> bool:
    """Whether a rule could fire in the sentence; `answering` where the one before makes claims to be denied."""
    table = triggers()
    for found in (table.words, table.answers) if answering else (table.words,):
        for word in found.keys() & said.words:
            if met(found[word], said.forms):
                return True
    verbless = may_be_verbless(said) or may_pass(said) or may_show(said) or may_label(said)
    return verbless or may_be_held(said) or may_be_listed(said)


def may_be_verbless(said: Said) -> bool:
    """Whether a sentence of these words could say without a verb who holds a place."""
    return met(_VERBLESS, said.words) or (":" in said.words and not _WITHIN.isdisjoint(said.words))


def may_show(said: Said) -> bool:
    """Whether a sentence of these words could show a flag or a master without a verb."""
    return not WORDS["flag"].isdisjoint(said.words) or "masters" in said.words


def may_label(said: Said) -> bool:
    """Whether a sentence of these words could be a label line: "Airport: no flights since May"."""
    return not _LABEL_MARKS.isdisjoint(said.words) and not _label_values().isdisjoint(said.words)


def may_be_listed(said: Said) -> bool:
    """Whether the words are few and name a way and its state: "Sarab bridge impassable.", in a list of roads."""
    if len(said.words) > _SHORT or (_label_values() - {"no", "zero"}).isdisjoint(said.words):
        return False
    return any("route" in lexicon().assets.get(word, ()) for word in said.words)


_WITHIN = frozenset(("in", "inside"))


@cache
def _label_values() -> frozenset[str]:
    ways = way_words()
    return ways["label_open"] | ways["label_closed"] | siege_words()["label"] | {"no", "zero"}


def may_pass(said: Said) -> bool:
    """Whether a sentence of these words could say in passing who holds or besieges a place."""
    return not _PASSING.isdisjoint(said.words) or any("-" in word and HELD.match(word) for word in said.odd)


def may_be_held(said: Said) -> bool:
    """Whether a sentence of these words could be a label that names who holds what: "Port and mill: rebels"."""
    dashed = len(said.words) < _LABEL and not _LABEL_MARKS.isdisjoint(said.words)
    return dashed or (":" in said.words and len(said.words) < _SHORT)


def met(alternatives: Iterable[Needs], said: set[str]) -> bool:
    """Whether of each set of one of the alternatives a word is said."""
    for needs in alternatives:
        for need in needs:
            if need.isdisjoint(said):
                break
        else:
            return True
    return False


@cache
def triggers() -> Triggers:
    """The tables, made once from the rules."""
    table = rules()
    by_verb = {
        lemma: tuple(Guarded(rule, _of_verb(rule, lemma), _opens(rule, lemma)) for rule in found)
        for lemma, found in table.by_verb.items()
    }
    by_noun = {
        noun: tuple(Guarded(rule, _behind(rule), frozenset()) for rule in found)
        for noun, found in table.by_noun.items()
    }
    forms: dict[str, set[str]] = {lemma: set(words) for lemma, words in _AUXILIARIES.items()}
    for form, known in lexicon().verbs.items():
        forms.setdefault(known.lemma, set()).add(form)
    words: dict[str, tuple[Needs, ...]] = {}
    for lemma, guarded in by_verb.items():
        _add(words, forms.get(lemma, ()), guarded)
    for noun, guarded in by_noun.items():
        _add(words, (noun,), guarded)
    answering: dict[str, tuple[Needs, ...]] = dict.fromkeys(moods()["denying verbs"] | {"disagree"}, ((),))
    pointing = (_POINTING | moods()["telling nouns"],)
    answering.update(dict.fromkeys("confirm acknowledge concede admit contradict".split(), (pointing,)))
    answering.update(dict.fromkeys(_CALLING, ((moods()["telling untrue"],),)))
    answers = {form: needs for lemma, needs in answering.items() for form in forms.get(lemma, ())}
    return Triggers(by_verb, by_noun, words, answers)


def _add(words: dict[str, tuple[Needs, ...]], forms: Iterable[str], guarded: Iterable[Guarded]) -> None:
    """Adds what the rules need to each of the forms, the same alternative once."""
    found = [needs for one in guarded for needs in one.needs]
    for form in forms:
        words[form] = _weakest((*words.get(form, ()), *found))


@cache
def _weakest(alternatives: tuple[Needs, ...]) -> tuple[Needs, ...]:
    """The alternatives without those that can only be met where another is: "in control of X" beside "in X"."""
    kept: list[Needs] = []
    for needs in sorted(alternatives, key=lambda needs: (len(needs), -sum(map(len, needs)))):
        if not any(all(any(need <= wide for need in needs) for wide in other) for other in kept):
            kept.append(needs)
    return tuple(kept)


def _of_verb(rule: Rule, lemma: str) -> tuple[Needs, ...]:
    """What a rule needs beside its verb. A passive need not say its subject, so this counts without an object only."""
    slots = [rule.object] if rule.object else [rule.subject]
    always: Needs = (*_of_slots(slots), *((rule.beside,) if rule.beside else ()))
    if rule.relative and "left" not in rule.relative:
        words = {"which", "where"} if "where" in rule.relative else {"which"}
        always += (frozenset(words), frozenset(rule.relative))
    particles = [particle.split() for verb, particle in rule.verbs if verb == lemma]
    said = [tuple(frozenset((word,)) for word in particle) for particle in particles]
    return tuple((*always, *particle, *behind) for particle, behind in product(said, _behind(rule)))


def _opens(rule: Rule, lemma: str) -> frozenset[str]:
    """The words with which the patterns of a rule begin, where each must begin with a word right behind the verb.

    A flag may stand for the patterns (`_behind`), so its words are among them.
    """
    if rule.object or any(particle for verb, particle in rule.verbs if verb == lemma):
        return frozenset()  # what follows is looked for behind the object, or behind the particle
    found: set[str] = set()
    for elements in rule.after:
        for element in elements:
            if element.kind not in ("word", "owned"):
                return frozenset()
            found |= element.words
            if not element.optional:
                break
        else:
            return frozenset()  # it may be met by nothing
    return WORDS["flag"].union(found) if found else frozenset()


def _behind(rule: Rule) -> tuple[Needs, ...]:
    """What the patterns behind a rule's verb or noun need; a flag with its place ("the flag over X") stands for all."""
    if not rule.after:
        return ((),)
    return (*(_of_pattern(elements) for elements in rule.after), (WORDS["flag"],))


def _of_pattern(elements: tuple[patterns.Element, ...]) -> Needs:
    needed = [element for element in elements if not element.optional]
    said = [element.words for element in needed if element.kind in ("word", "owned")]
    return (*said, *_of_slots([word for element in needed if element.kind == "slot" for word in element.words]))


def _of_slots(slots: Iterable[str]) -> Needs:
    """The words that slots which take certain words only must find."""
    fixed = {
        **WORDS,
        "fightingin": WORDS["fighting"],
        "attackon": WORDS["attack"],
        "bidon": WORDS["attack"],
        "nosiege": WORDS["siege"],
        "demonym": demonyms(),
        "sidegen": frozenset(("'s", "'")),
    }
    fixed |= way_needs()
    return tuple(fixed[slot] for slot in slots if slot in fixed)
