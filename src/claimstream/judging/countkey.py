"""The key of what a figure counts: the measure, who is counted, what restricts the count, the place and the period.

killed|state forces|hama|incident        population|people|hums/held by rebel|incident
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from claimstream.judging import causes, sentence_words
from claimstream.judging.assetkey import Asset, join, known, parse, place_kind, rough, singular, table, words_in
from claimstream.judging.camps import camp, crowd
from claimstream.judging.folding import plain, words_of
from claimstream.lexicon import names, places, sides
from claimstream.lexicon.calendar import DAYS, MONTH_NAMES, MONTHS
from claimstream.model import Claim

_PEOPLE_LIVING: Final = frozenset(("besieged", "residents"))
_PREPOSITIONS: Final = words_in("prepositions")
_PEOPLES: Final = frozenset(("displaced", "besieged", "residents", "in_need"))
"""Measures of everybody in a place: those of a faith or tribe by name are they."""
_OF_FOCUS: Final = frozenset(("groups",))
"""Measures of a whole battle, whichever place of it the sentence names."""
_OWN: Final = frozenset(("our", "its", "own", "comrades", "brothers"))
_CALENDAR: Final = frozenset(("month", "week", "year"))
_TAKEN: Final = frozenset(("detained", "surrendered", "missing"))
_ARMS: Final = frozenset(
    ("boat", "tank", "helicopter", "drone", "carrier", "launcher", "gun", "missile", "ship", "warship")
)
_STORES: Final = frozenset(("storage", "fuel", "oil", "water", "gas"))
_BEFALLING: Final = frozenset(("killed", "wounded"))
_BLOWS: Final = frozenset(
    "aircraft plane planes jet jets drone drones shell shells missile missiles rocket rockets".split()
)
_HOUSEHOLDS: Final = ("families", "households")
_BEGIN: Final = frozenset("beginning begin start".split())
_INCIDENT_TIMES: Final = frozenset(DAYS).union("yesterday dawn morning midday".split())
_SIDES: Final = {"soldier": "state forces", "police": "state forces", "militant": "rebel"}


def count(claim: Claim, country: str, focus: str) -> str:
    """What the figure counts, without the country and the kind that begin its key."""
    who, restricted = _counted(claim, country)
    measure, unit = claim.measure, claim.unit or ""
    if measure == "casualties" and claim.high == 0:
        measure = "killed"  # no casualties: then nobody has died
    if unit in _HOUSEHOLDS:
        who, unit = "family", ""
    if measure == "missing" and who in ("things", "people", "civilian", "staff", "patient"):
        who, restricted = "people", ""
    if measure in ("detained", "besieged") and who == "things" and set(restricted.split()) <= words_in("trades"):
        who, restricted = "people", ""
    if measure in ("detained", "missing") and who == "children" and not restricted and claim.total:
        who = "people"
    if measure == "displaced" and sentence_words.returned(claim):
        restricted = f"{restricted} returned".strip()
    if measure == "killed" and sentence_words.identified(claim):
        restricted = f"{restricted} identified".strip()
    if measure in _PEOPLES and (who == "civilian" or (who == "family" and claim.high == 0)):
        who = "people"  # those who flee or are shut in are civilians, whether it is said or not
    if measure == "detained" and who in ("prisoner", "people"):
        who, restricted = "hostage" if _held_hostage(claim) else "people", ""
    if measure == "residents" and who in ("things", "people", "refugee"):
        who, restricted = "people", sentence_words.lived(claim)
    if who == "things" and measure in _PEOPLES and restricted and _a_people(claim.who, restricted):
        who, restricted = "people", ""
    if measure == "killed" and claim.high != 0 and sentence_words.fighters_only(claim):
        who, restricted = "people", ""  # who they were is said of all who died
    if who == "things" and measure in _BEFALLING and _some_person(claim, restricted):
        who, restricted = "people", ""  # "22 novices perished"
    if who == "things" and measure == "forces" and restricted in ("force", "bayonet"):
        who, restricted = "people", ""  # "defended by a force of 800"
    if who == "things" and not restricted and measure in words_in("people_measures"):
        who = "people"
    if (cause := causes.of(claim)) and cause not in restricted.split():
        restricted = f"{restricted} {cause}".strip()
    if disease := causes.sick_with(claim):
        measure, who, restricted = "cases", "people", disease
    if measure == "area" and (fate := sentence_words.laid_waste(claim)):
        measure = fate
    said = focus if measure in _OF_FOCUS else claim.place or ("" if claim.scope == "total" else focus)
    site = sentence_words.site(claim) if measure in words_in("people_measures") and not claim.place else ""
    said = sentence_words.nearer_place(claim) or said
    if not claim.place and claim.scope != "total" and measure in words_in("people_measures"):
        said = sentence_words.speakers_place(claim) or said
    if _within_town(said, claim.sentence) or (claim.scope == "incident" and f"{said}'s " in claim.sentence):
        said = focus
    where, here = parse(said, country) if said else Asset("", (), (), "", ""), names.place_key(focus, country)
    if where.compass and place_kind(said) in ("country", "region"):
        where = where._replace(compass="")  # the toll of eastern Arpa is that of Arpa
    spot = _spot(where, here)
    if who in _SIDES.values():
        spot = (where.name or here) + where.part()  # the losses of a side in a battle, whichever building it is for
    lived_in = measure in _PEOPLE_LIVING
    if lived_in:
        part = _living_part(where, claim.sentence, country)
        if (
            part
            or measure == "besieged"
            or claim.words.lower().startswith("no more")
            or sentence_words.lived(claim) == "still"
        ):
            restricted = "" if restricted == "still" else restricted  # those who are left are those who are trapped
            measure, who = "population", "people" if who == "civilian" else who
        spot = (where.name or here) + part
    spot = f"{names.place_key(site, country)} {spot}" if site else spot
    if measure == "share":
        restricted = " ".join(filter(None, (restricted, sentence_words.share_of(claim))))
    own = claim.total or claim.high == 0 or sentence_words.befell_them(claim)
    fraction = sentence_words.part(claim) or not own
    fraction = fraction and not (who in ("women", "children") and measure == "killed")  # all of them who died
    whole = measure == "share" or not fraction or sentence_words.all_in(claim, said)
    parts = [measure, who, restricted, spot, unit, "" if whole else "part"]
    begun = "" if lived_in or claim.since else sentence_words.since_start(claim)
    since = "" if lived_in else _since(claim.since or begun, claim)
    scope = "period" if begun and claim.scope == "incident" else claim.scope
    period = f"{scope} since {since}" if since else scope
    rate = ["each"] if sentence_words.each(claim) else []
    return "|".join([p for p in parts if p] + rate + [period])


def class_of(subject: str) -> str:
    """The class of those counted in a figure's subject ("CC|figure|killed|civilian|..."), "" in one of another form."""
    parts = subject.split("|")
    return parts[3] if len(parts) > 3 else ""


def _some_person(claim: Claim, counted: str) -> bool:
    """True for a plain noun of people, though no list has it: what is killed or arrested and no animal is a person."""
    return (
        bool(counted)
        and " " not in counted
        and claim.who.islower()
        and not set(words_of(claim.who)) & words_in("beasts")
    )


def _a_people(who: str, counted: str) -> bool:
    """True for the name of a tribe or faith ("Yazidis"), which is nobody's from abroad ("Britons")."""
    names_of = [w for w in who.split() if w[:1].isupper()]
    if " " in counted or len(names_of) != 1 or singular(plain(names_of[0])) != counted:
        return False
    return places.normal(names_of[0]) not in names.default().people


def _held_hostage(claim: Claim) -> bool:
    """True where the sentence speaks of hostages, and not of arrests as well."""
    words = set(words_of(claim.sentence))
    return not words.isdisjoint(words_in("hostages")) and words.isdisjoint(words_in("arrests"))


def _within_town(place: str, sentence: str) -> bool:
    """True for a street or junction ("at Zubair junction"), or a name that no gazetteer has in "the Zubair bombing"."""
    if not place or any(w in words_in("thoroughfares") for w in words_of(place)):
        return bool(place)
    _, found, after = sentence.partition(place)
    following = (words_of(after[:30]) or ("",))[0] if found else ""
    if following in words_in("thoroughfares"):
        return True
    proper = place[:1].isupper()
    return proper and following in words_in("attacks") and not places.candidates(places.normal(place))


def _spot(where: Asset, here: str) -> str:
    """Where figures are of: a named place; a thing in the place of the article ("hospital homs")."""
    if where.name and where.name != here:
        return where.name + where.part()
    things = " ".join(h for h in where.heads if h not in words_in("areas") and h not in words_in("focus"))
    return (f"{things} {here}" if things else here) + where.part()


def _living_part(where: Asset, sentence: str, country: str) -> str:
    """The part of a divided place that people live in, by its holder where the sentence names one."""
    held = where.held
    for word in words_of(sentence):
        if not held and word.endswith(("-held", "-controlled")):
            held = rough(camp(word.rsplit("-", 1)[0], country))
    return f"/held by {held}" if held else where.part()


def _since(words: str, claim: Claim) -> str:
    """The date or event that a count runs from, in its content words: "since the siege began" -> "began siege".

    A day of the week counts for nothing: "since Monday" is the incident that the article is about. "This month" and
    "the start of May" are months by name.
    """
    told = words_of(words)
    own = {f"{value:.0f}" for value in (claim.low, claim.high) if value is not None}
    said = [w for w in told if w not in own or w == told[0]]  # "which brings those since the start of August to 57"
    found = {w for w in said if w in _CALENDAR or not (w in words_in("fill") or w in words_in("determiners"))}
    if "month" in found and claim.dated:
        found = found - {"month"} | {MONTH_NAMES[claim.published_at.month - 1]}
    if found - _BEGIN and not found.isdisjoint((*MONTHS, *_CALENDAR)):
        found -= _BEGIN
    return "" if found <= _INCIDENT_TIMES else " ".join(sorted(found))


def _counted(claim: Claim, country: str) -> tuple[str, str]:
    """(class of those counted, the words that restrict the count).

    The noun stands before the first preposition; what follows restricts ("patients in the compound"), but for "of"
    after a noun that says nothing ("members of the security forces"). "Its dead" are of the side that the sentence
    names first, and so are the men in "not one man".
    """
    who = _at_home(sentence_words.counted(claim) or sentence_words.counted_before(claim), country)
    words = [token for token, _ in join([(w, w) for w in words_of(who)])]
    if words[-1:] and words[-1] in words_in("events") and "of" in words[1:]:
        words = words[: words.index("of")]  # "martyrs of the port disaster"
    head, tail = _parted(words)
    classes = [table("who")[w] for w in head if w in table("who")]
    cls = next((c for c in classes if c != "people"), "people" if classes else "")
    none = claim.high == 0
    if cls in ("", "people") and not tail and ("its" in head or (none and {"man", "men", "one"} & set(head))):
        cls = next((table("who")[w] for w in words_of(claim.sentence) if table("who").get(w) in _SIDES), cls)
    rest = [w for w in head if w not in table("who") and w not in words_in("fill")]
    if (
        claim.measure == "destroyed"
        and not classes
        and len(rest) > 1
        and singular(rest[-1]) in _ARMS
        and _STORES.isdisjoint(rest)
    ):
        rest = rest[-1:]  # "patrol boats" are boats
    if none and not (claim.measure == "destroyed" and not classes):
        rest = [w for w in rest if w in names.default().people]  # none of a people's soldiers are still theirs
    blows = _BLOWS if claim.measure in _BEFALLING else frozenset()  # "the dead from the aircraft"
    behind = [] if none else [w for w in tail if w not in words_in("fill") and w not in blows]
    rest += [w for w in behind if table("who").get(w) != "people"]
    rest += [w for w in words if w in words_in("restrict") and w not in rest]
    if "and" in head and classes and not {"women", "children", *_SIDES} & set(classes):
        cls, rest = "people", []  # "patients and visitors": several kinds together are people
    named = [table("who")[w] for w in words if w in table("who")]
    if "and" in words and "civilian" in named and set(_SIDES) & set(named):
        return "people", ""  # "soldiers and civilians"; "dead, soldiers and civilians together"
    if cls == "family" and {"member", "members"} & set(words):
        cls = "people"  # "members of one family" are people; "40 families" are not
    group = _by_speaker(words, cls, claim.interest, country) or _loser(claim, cls, country)
    if group:
        rest = [w for w in rest if w in words_in("restrict")]
    group = group or _SIDES.get(cls, "")
    if not group and cls in ("", "people", "fighter"):
        group = _side(" ".join(head), who, country)
        if not group and tail and not known(tail[-1]) and _side(" ".join(tail), who, country):
            group, rest = _side(" ".join(tail), who, country), []
        own = _own(claim) if cls == "fighter" else _own_people(claim)
        own = own or (
            claim.measure == "forces" and cls == "fighter" and claim.interest.startswith(("group:", "rebel:"))
        )
        if not group and claim.interest and own:
            group, rest = _named_side(claim.interest, country), []
    if not group and words_in("hostile") & set(head):
        cls, rest = "fighter", [w for w in rest if w not in words_in("hostile")]
    if not group and cls == "fighter" and not (words_in("allied") | _OWN) & set(words):
        group = "rebel"
    rest = [w for w in rest if w in words_in("restrict") or not _says_nothing(w, claim)]
    if group:
        rest = [w for w in rest if w not in words_in("hostile") and not _same_side(w, group, who, country)]
    rest += _set_apart(claim, group)
    return group or cls or "things", " ".join(sorted({singular(w) for w in rest}))


def _at_home(who: str, country: str) -> str:
    """The words without the name of the country's own people where it has several: "Sri Lankan soldiers" there."""
    for name in _own_people_names(country):
        if name in who:
            return who.replace(name, "").strip() or who
    return who


@cache
def _own_people_names(country: str) -> tuple[str, ...]:
    """Names of a country's people that are several words; a single word is dropped as a side's name is."""
    return tuple(name for name in sorted(names.people_of(country), reverse=True) if " " in name)


def _by_speaker(words: Sequence[str], cls: str, interest: str, country: str) -> str:
    """Whose the counted are where only the speaker's side tells: "our men", "bodies of the enemy", "the terrorists"."""
    if not interest:
        return ""
    said = set(words)
    state = interest == f"state:{country}"
    if "our" in said and not {"people", "civilians", "citizens"} & said:
        return _named_side(interest, country)
    if said & words_in("hostile") or (state and cls in ("militant", "fighter") and not said & _OWN):
        return "rebel" if state else "" if interest.startswith("state:") else "state forces"
    return ""


def _loser(claim: Claim, cls: str, country: str) -> str:
    """The side that the sentence says lost them: "the army gave three martyrs", "the rebels left 48 bodies"."""
    if cls not in ("", "people", "fighter"):
        return ""
    who = sentence_words.loser(claim)
    words = words_of(who)
    if claim.interest and words_in("hostile") & set(words):
        return _by_speaker(words, "", claim.interest, country)
    if who == "they":
        words = words_of(claim.sentence[: max(0, claim.sentence.find(claim.words))])[::-1]
    classes = [table("who")[w] for w in words if w in table("who")]
    if claim.interest and not classes and words[-1:] and words[-1] in words_in("units"):
        return _named_side(claim.interest, country)  # "the brigade lost four men, its commander says"
    if words_in("hostile") & set(words) and claim.interest == f"state:{country}":
        return "rebel"
    return next((_SIDES[c] for c in classes if c in _SIDES), "") or (_side(who, who, country) if who else "")


def _set_apart(claim: Claim, group: str) -> list[str]:
    """What the sentence adds that makes a count one of its own: wounded on the way, those whom a speaker itself lost.

    "Chad said that it had lost 13 men and Niger six"; "France had flown out 538 people and Italy 700".
    """
    if claim.measure == "wounded" and sentence_words.moved(claim):
        return ["moved"]
    acted = claim.measure in ("killed", "displaced") and not group and sentence_words.own_act(claim)
    return ["by", *words_of(claim.attribution)[-2:]] if acted and claim.attribution[:1].isupper() else []


def _says_nothing(word: str, claim: Claim) -> bool:
    """True for what the measure or the place says already: "people held", "homes uninhabitable", "people of Varto"."""
    verb = word.endswith(("ed", "ing", "ly")) or word in words_in("participles") or word in words_in("restating")
    return verb or word in words_of(claim.place)


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """(the noun phrase, what follows its first preposition); a predicate ends it ("persons had passed the gate")."""
    end = next((n for n, word in enumerate(words) if n and word in words_in("predicates")), len(words))
    words = words[:end]
    for n, word in enumerate(words):
        empty = all(table("who").get(w) == "people" or w in words_in("fill") for w in words[:n])
        if word in _PREPOSITIONS and not (word == "of" and empty):
            return words[:n], words[n + 1 :]
    return words, []


def _side(head: str, who: str, country: str) -> str:
    """The side that the counted people belong to, for a phrase that names one ("Taliban", "government forces")."""
    return _named_side(camp(_as_written(head, who), country), country) if head else ""


def _named_side(found: str, country: str) -> str:
    if found.startswith("band:") and crowd(found.removeprefix("band:")):
        return ""  # "the marchers" are people, whatever they rise against
    if found.startswith(("state:", "armed:")):
        return "state forces" if found == f"state:{country}" else ""
    return "rebel" if found.startswith("group:") and not sides.regular(found) else rough(found)


def _own(claim: Claim) -> bool:
    """True where the speaker counts the losses of its own side: "it lost three fighters", "six of our men"."""
    return bool({"its", "our", "comrades", "brothers"} & set(words_of(claim.who))) or sentence_words.lost(claim)


def _own_people(claim: Claim) -> bool:
    """True where people who are counted are the speaker's: "140 of its men were taken", "it put its dead at 5"."""
    if claim.measure not in words_in("people_measures"):
        return False
    own = claim.measure in _TAKEN and sentence_words.of_its_own(claim)
    return own or sentence_words.own_dead(claim)


def _as_written(words: str, text: str) -> str:
    """The words with the capitals that they have in the text."""
    wanted = set(words.split())
    return " ".join(w for w in text.split() if plain(w).removesuffix("'s") in wanted) or words


def _same_side(word: str, group: str, who: str, country: str) -> bool:
    side = names.side_key(_as_written(word, who), country)
    camps = (rough(side), rough(names.camp(side, country)), _named_side(side, country))
    return bool(side) and (group in camps or side == f"state:{country}")
