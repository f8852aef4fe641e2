"""Word classes of English news: which forms a verb has, and what a word can be, from the lexicon files.

Everything here is a table made once from data; nothing depends on an article.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from claimstream.lexicon import load
from claimstream.lexicon.calendar import DATE_MONTHS, DAYS

BASE, THIRD, PAST, PARTICIPLE, GERUND = "b", "s", "d", "n", "g"
_VOWELS = "aeiou"
_DOUBLED = frozenset(load("grammar")["verbs"]["doubled"].split())


class Form(NamedTuple):
    """One reading of a verb form: the lemma and which forms of it are spelled so (letters b, s, d, n, g)."""

    lemma: str
    forms: str


def inflect(lemma: str, irregular: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Spelling -> letters of the forms of one verb."""
    last = lemma[-1]
    if lemma.endswith(("s", "x", "z", "ch", "sh")) or (last == "o" and lemma != "echo"):
        third = lemma + "es"
    elif last == "y" and lemma[-2] not in _VOWELS:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    doubled = (
        len(lemma) < 5
        and len(lemma) > 2
        and last not in "aeiouwxyh"
        and lemma[-2] in _VOWELS
        and lemma[-3] not in _VOWELS
        and lemma not in ("open", "bomb", "enter")
    )
    stem = lemma + last if doubled else lemma
    if lemma.endswith("ie"):
        gerund = lemma[:-2] + "ying"
    elif last == "e" and not lemma.endswith(("ee", "oe", "ye")):
        gerund = lemma[:-1] + "ing"
    else:
        gerund = stem + "ing"
    if lemma in irregular:
        past, participle = irregular[lemma]
        if last not in "e" and past.endswith(last * 2 + "ed"):
            gerund = past[:-2] + "ing"
        elif lemma in _DOUBLED:
            gerund = lemma + last + "ing"
    else:
        past = (
            lemma + "d"
            if last == "e"
            else lemma[:-1] + "ied"
            if last == "y" and lemma[-2] not in _VOWELS
            else stem + "ed"
        )
        participle = past
    found: dict[str, str] = {}
    for spelling, letter in ((lemma, BASE), (third, THIRD), (past, PAST), (participle, PARTICIPLE), (gerund, GERUND)):
        found[spelling] = found.get(spelling, "") + letter
    return found


class Lexicon(NamedTuple):
    """All tables of the chunker. `closed` maps a word to the tag it always has; `verbs` a form to its readings."""

    closed: dict[str, str]
    verbs: dict[str, Form]
    noun_first: frozenset[str]
    adjective_base: frozenset[str]
    adjectives: frozenset[str]
    loose: frozenset[str]
    times: frozenset[str]
    actors: dict[str, str]
    people: frozenset[str]
    assets: dict[str, frozenset[str]]
    vague: frozenset[str]
    not_assets: frozenset[str]
    shares: dict[str, str]
    unreal: frozenset[str]
    conditional: frozenset[str]
    negations: frozenset[str]
    possessives: frozenset[str]
    catenative_real: frozenset[str]
    catenative_fail: frozenset[str]
    anaphoric: frozenset[str]
    enemy: frozenset[str]
    name_heads: frozenset[str]
    organised: frozenset[str]
    predicates: frozenset[str]


def rule_rows() -> list[dict[str, Any]]:
    """The rules as their files hold them, in the order in which they are tried."""
    return [row for name in ("routes", "sieges", "control") for row in load(name)["rule"]]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _verbs(grammar: dict[str, Any]) -> dict[str, Form]:
    irregular = {}
    for entry in grammar["verbs"]["irregular"].split():
        lemma, past, participle = entry.split(":")
        irregular[lemma] = (past, participle)
    lemmas = dict.fromkeys([*grammar["verbs"]["common"].split(), *irregular])
    for rule in rule_rows():
        lemmas.update(dict.fromkeys(verb.split()[0] for verb in rule.get("verbs", ())))
    forms: dict[str, Form] = {}
    for lemma in lemmas:
        for spelling, letters in inflect(lemma, irregular).items():
            if spelling not in forms or letters == BASE:
                forms[spelling] = Form(lemma, letters)
    for lemma in grammar["verbs"]["noun_base"].split():
        for spelling in (lemma, lemma + "s"):
            forms.pop(spelling, None)  # "police" and "garrisons" are nouns, "policed" is none
    forms.update({"been": Form("be", "n"), "being": Form("be", "g"), "left": Form("leave", "dn")})
    return forms


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    grammar, actors, assets = load("grammar"), load("actors"), load("assets")
    closed: dict[str, str] = {}
    for tag, key in (
        ("R", "adverbs"),
        ("I", "prepositions"),
        ("D", "determiners"),
        ("Q", "quantifiers"),
        ("P", "pronouns"),
        ("S", "subordinators"),
        ("K", "conjunctions"),
        ("W", "relatives"),
        ("M", "modals"),
        ("X", "negations"),
    ):
        for word in grammar[key].split():
            closed.setdefault(word, tag)
    for word in "be am is are was were been being 'm 're has have had having 've do does did done doing".split():
        closed[word] = "A"
    closed.update(
        {"to": "T", "no": "D", "that": "W", "whose": "W", "once": "S", "about": "R", "out": "I", "off": "I", "all": "Q"}
    )
    closed.update({"without": "I", "none": "P", "nobody": "P", "nothing": "P", "neither": "D", "hers": "P"})
    closed.update(dict.fromkeys(("theirs", "ours", "mine", "yours"), "O"))
    closed.pop("mine", None)
    closed.update(dict.fromkeys(grammar["relatives"].split(), "W"))
    classes: dict[str, set[str]] = {}
    for entry in assets["class"]:
        for noun in entry["nouns"].split():
            for spelling in (noun, plural(noun)):
                classes.setdefault(spelling, set()).add(entry["name"])
    shares = {word: share for share in ("all", "most", "part") for word in grammar["share"][share].split()}
    stance = {word: kind for kind in ("other", "rebel", "state") for word in actors[kind].split()}
    return Lexicon(
        closed=closed,
        verbs=_verbs(grammar),
        noun_first=_set(grammar["verbs"]["noun_first"]),
        adjective_base=_set(grammar["verbs"]["adjective_base"]),
        adjectives=_set(grammar["loose"]) | _set(grammar["directions"]),
        loose=_set(grammar["loose"]),
        times=_set(grammar["time_nouns"]).union(DAYS, DATE_MONTHS),
        actors=stance,
        people=_set(actors["people"]),
        assets={noun: frozenset(kinds) for noun, kinds in classes.items()},
        vague=_set(assets["vague"]["nouns"]),
        not_assets=_set(assets["not_assets"]["nouns"]),
        shares=shares,
        unreal=_set(grammar["unreal"]),
        conditional=_set(grammar["conditional"]),
        negations=_set(grammar["negations"]),
        possessives=_set(grammar["possessives"]),
        catenative_real=_set(grammar["catenative"]["real"]),
        catenative_fail=_set(grammar["catenative"]["fail"]),
        anaphoric=_set(actors["anaphoric"]),
        enemy=_set(actors["enemy"]),
        name_heads=_set(assets["name_heads"]["nouns"]),
        organised=_set(actors["organised"]),
        predicates=_set(grammar["predicates"]),
    )


def plural(noun: str) -> str:
    """The regular plural."""
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def listed(key: str) -> frozenset[str]:
    """A word list of lexicon/reference.toml."""
    return frozenset(load("reference")[key].split())


def clause_words(key: str) -> frozenset[str]:
    """A word list of lexicon/clauses.toml."""
    return frozenset(load("clauses")["words"][key].split())


@cache
def harmless(key: str) -> frozenset[str]:
    """A word list of the section "harmless" of lexicon/clauses.toml."""
    return frozenset(load("clauses")["harmless"][key].split())
