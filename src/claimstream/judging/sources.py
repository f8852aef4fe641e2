"""Who speaks: the independent voice that a claim goes back to, and the side that it belongs to.

Publisher, wire and speaker are three things. A named speaker is one voice, whoever prints him; nameless speakers
("residents") are one voice for each wire or outlet that heard them; an outlet's own words are the wire's, if any.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimstream.judging.camps import neutral
from claimstream.judging.folding import plain
from claimstream.lexicon import load, names, places

_RUN = re.compile(r"[^\W\d_][\w'’.-]*")
_TITLES = frozenset(load("camps")["titles"].split())
_SHORT = 6
"""Words beyond which a speaker is more than the name of a group."""
_LINKS = frozenset(("of", "for", "in", "at", "and", "s"))
_AFTER_THESE_PLACES = frozenset(("in", "of", "at", "from", "near", "for"))
_APPOSED = frozenset("the a an its their our".split())
_NAMELESS = frozenset("he she they it one others some".split())
_INSTITUTIONS = frozenset(load("camps")["institutions"].split())
_OFFICES = frozenset(load("camps")["offices"].split())
_ARMED = frozenset(load("camps")["armed"].split())
_RANKS = frozenset(load("actors")["ranks"].split())
_OWN_OFFICES = frozenset(load("camps")["own_offices"].split())
_SOME = frozenset(load("camps")["some"].split())
_MEN = frozenset(load("camps")["men"].split())
_ANYBODYS = frozenset(("state:", "rebel:", "armed:?", "we"))
"""The keys of offices and forces that the words alone give to no country: "the military spokesman"."""
_SECRETARY = re.compile(r"\b(?:general[ -]secretary|secretary[ -]general)\b", re.IGNORECASE)
_OWNER = re.compile(r"((?:[\w-]+ ){0,3}[\w-]+)(?:'s|s'|’s|s’) (?:[\w-]+ ){0,2}spokes(?:man|woman|person|men)")
_CLIENT = re.compile(r"spokes(?:man|woman|person|men) (?:for|of) ((?:[\w'’-]+ ){0,5}[\w'’-]+)")


@lru_cache(maxsize=65536)
def origin(source: str, wire: str, speaker: str, attribution: str, interest: str = "") -> str:
    """The key of the voice: "voice:..." for a speaker, "outlet:..." where the outlet or its wire itself speaks.

    An army or the rebels as such, of a known camp (`interest`), are one voice, however an outlet calls them.
    """
    carrier = outlet_key(wire or source)
    said = speaker or attribution
    if not said.strip():
        return f"outlet:{carrier}"
    medium = names.outlet(said)
    if medium is not None:
        return f"outlet:{medium.owner or medium.key}"
    name = "" if _nameless(said) else _name(said)
    body = _body(said) if not name or " " in name or name.isupper() else ""
    if body:
        return f"voice:{places.fold(body)}"
    side = names.side_key(said) if len(said.split()) <= _SHORT else ""
    if side.startswith(("group:", "force:")) and (not name or names.side_key(name) == side):
        return f"voice:{side}"
    if name:
        side = names.side_key(name)
        return f"voice:{side}" if side.startswith(("group:", "force:")) else f"voice:{places.fold(name)}"
    words = sorted({w for w in re.findall(r"[a-z0-9]+", plain(said)) if w not in _TITLES and w not in _LINKS})
    several = _some_of(said)
    if interest and not _ARMED.isdisjoint(words) and not several:
        return f"voice:{interest}"
    if several or not words or _nameless(said):
        return f"voice:{' '.join(words) or plain(said)} at {carrier}"
    return f"voice:{' '.join(words)}"


def _body(said: str) -> str:
    """The international body that the words name, short or in full: "the World Health Organization" is the WHO."""
    words = f" {' '.join(plain(said).replace('.', '').replace(',', ' ').split())} "
    return next((key for name, key in _bodies() if f" {name} " in words), "")


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    """(a name of the body, its key), the longest name first."""
    rows = ((name, key) for key, said in load("camps")["bodies"].items() for name in said.split("|"))
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


def _name(said: str) -> str:
    """The name in the words: of a person the last word, of an institution all; "" where they give only an office.

    Names behind a preposition ("the director of the hospital in Kafr Amran, Dr Samer Qasim") are of places.
    """
    runs = _runs(said)
    people = [run for run in runs if len(run) >= 2 and _INSTITUTIONS.isdisjoint(plain(word) for word in run)]
    if people:
        return people[0][-1]
    institutions = [run for run in runs if len(run) >= 2]
    if institutions:
        institutions.sort(key=len)
        return " ".join(institutions[-1])
    acronyms = [run[0] for run in runs if len(run) == 1 and run[0].isupper() and len(run[0]) > 1]
    if len(acronyms) == 1:
        return acronyms[0]
    head, comma, tail = said.partition(", ")
    apposed = comma and tail.partition(" ")[0] in _APPOSED and not head.endswith("s")  # "Humen, its spokeswoman"
    bare = [word for word in (head if apposed else said).split() if plain(word).strip(".,") not in _TITLES]
    return runs[0][0] if len(runs) == 1 and len(runs[0]) == len(bare) == 1 else ""


@lru_cache(maxsize=65536)
def person(said: str) -> str:
    """The last name of the person in a speaker's words, "" where they name none."""
    name = "" if _nameless(said) else _name(said)
    return "" if " " in name or names.side_key(name) else name


def unranked(said: str) -> str:
    """The words of a speaker without his rank: rebels have colonels too."""
    return " ".join(word for word in said.split() if plain(word).strip(".,") not in _RANKS)


def _runs(said: str) -> list[list[str]]:
    """The runs of capitalised words that do not follow a preposition; titles are left out and part them."""
    runs: list[list[str]] = []
    for part in said.split(","):
        run: list[str] = []
        before = ""
        for word in [*_RUN.findall(part), "end"]:
            low = plain(word).rstrip(".")
            if word[:1].isupper() and low not in _TITLES:
                if run or before not in _AFTER_THESE_PLACES:
                    run.append(word.removesuffix("'s").removesuffix("’s"))
                continue
            if run:
                runs.append(run)
            run, before = [], low
    return runs


def _nameless(said: str) -> bool:
    """True for "residents", "Syrian officials", "a doctor", "he": a plural, somebody or a pronoun, and no name."""
    head = said.split(",")[0].split(" of ")[0].split(" in ")[0].split(" at ")[0].split()
    last = head[-1] if head else ""
    somebody = head[:1] in (["a"], ["an"], ["A"], ["An"]) and not _runs(said)
    return plain(said) in _NAMELESS or somebody or (last[:1].islower() and last.endswith("s"))


def _some_of(said: str) -> bool:
    """True for some men of a side, who do not speak for it: "two soldiers who fled", "a fighter in the town"."""
    words = plain(said).split()
    return bool(words) and words[0] in _SOME and not _MEN.isdisjoint(words[1:4])


@lru_cache(maxsize=65536)
def interest(
    speaker: str, attribution: str, source: str, country: str, lean: str = "", office: str = "", party: str = ""
) -> str:
    """The camp that the voice speaks for ("state:SY"), or "" for one of no side.

    `lean` is the camp that the article itself speaks for: its "military spokesman" is that camp's. `office` is the
    camp whose office the speaker holds where that is another than the country's own, `party` that which the article
    gives to a person of that name elsewhere; it counts where the words tell no more than a rank.
    """
    said = _SECRETARY.sub("secretary", attribution or speaker)  # who is no general
    speaker = _SECRETARY.sub("secretary", speaker)
    if not said.strip():
        medium = names.outlet(source)
        return names.camp(medium.interest, country) if medium and medium.interest else lean
    if neutral(said):
        return ""
    if office:
        return office
    if party and not names.interest(unranked(said), country):
        return party
    if lean and (names.side_key(said) in _ANYBODYS or not (_OFFICES.isdisjoint(plain(said).split()) or _runs(said))):
        return lean
    medium = names.outlet(said)
    if medium is not None:
        return names.camp(medium.interest, country) if medium.interest else ""
    capital = next((p for p in places.candidates(places.normal(said)) if p.kind == "capital"), None)
    if capital is not None:
        return names.camp(f"state:{capital.country}", country)
    head, _, name = said.partition(",")
    return (
        (names.interest(head, country) if name else "")  # "the spokesman of the ministry of Norland, Ann Roe"
        or names.interest(_spoken_for(said), country)
        or names.interest(said, country)
        or (names.interest(speaker, country) if speaker else "")
        or (lean if _nobody_elses(said) or _nobody_elses(speaker) else "")
    )


def _nobody_elses(said: str) -> bool:
    """True for an office beside a name, without a word of whose it is: "the spokesman Ann Roe" of a side's own site."""
    words = [word for word in said.replace(",", " ").split() if not word[:1].isupper()]
    return not _OWN_OFFICES.isdisjoint(words) and _OWN_OFFICES.issuperset(w for w in words if w not in _TITLES)


def _spoken_for(said: str) -> str:
    """Whom a spokesman speaks for: "the militants' spokesman", "a spokesman for the ministry"; "" for others."""
    if "spokes" in said:
        owner = _OWNER.search(said)
        if owner:
            return owner[1]
        client = _CLIENT.search(said)
        if client:
            return client[1]
    whose, mark, office = said.replace("’", "'").partition("'s ")
    return whose if mark and not _OFFICES.isdisjoint(plain(office).split()) else ""


@lru_cache(maxsize=4096)
def outlet_key(name: str) -> str:
    """The key of an outlet or wire: its owner's where one is known, so that one owner's outlets are one origin."""
    medium = names.outlet(name)
    if medium is not None:
        return medium.owner or medium.key
    return plain(name).removeprefix("www.")
