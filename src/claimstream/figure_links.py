"""Figures that lean on another: parts of it, shares of its verb, tolls, earlier values, bare numbers.

"46 of them children", "and 352 wounded", "the toll rose to 22", "up from the 30 and 340 it reported", "Toll now 16: nine
staff, seven patients". The measure is taken from the figure leaned on, in the sentence or in the one before.
"""

from __future__ import annotations

from typing import NamedTuple

from claimstream.lexicon import load
from claimstream.figure_parse import AUX, BE, DETERMINERS, PREPOSITIONS, SPEECH, Layout, Noun, noun_phrase, whole_ahead
from claimstream.measures import CONTEXT, Cue, Rule, find, fits, kind_of
from claimstream.model import FigureMention, Sentence

COUNT_NOUNS = frozenset(
    "toll tolls tally tallies count counts number numbers figure figures total totals estimate estimates register list roll".split()
)
MONEY = frozenset(load("numbers")["currency"].values())
LINKS = frozenset(
    "to at is was were of reached reaches reach stands stood now hit hits rose climbed as be exceeds passed surpassed : than rises jumps"
    " jumped soared put near approached approaches topped tops passes it or from".split()
)
COUNT_VERBS = frozenset(
    "say counted counts count gave gives give said says reported reports report admits admitted put puts recorded records listed lists"
    " claimed claims registered announced had has have confirmed estimates estimated acknowledged conceded prove".split()
)
PEOPLE_MEASURES = frozenset(
    "killed wounded casualties missing detained surrendered displaced besieged residents in_need forces destroyed seized strikes".split()
)
SIEGE = frozenset("besieged surrounded encircled siege encirclement trapped blockaded".split())
AGAIN = PEOPLE_MEASURES | {"share", "aid", "other", "groups"}
SAID = SPEECH | frozenset(
    "retorts retorted answers answered replies replied counters countered insists maintains maintained".split()
)
BACK = 12
"""How many numbers back a figure may lean; it bounds the work on texts that are nothing but numbers."""
EARLIER = frozenset("from against than upward upwards downward downwards".split())
EARLIER_NOUNS = frozenset(
    "announced reported given previously earlier night day week month hours evening morning".split()
)
TOLL_MEASURES = frozenset(["killed", "wounded", "casualties", "missing"])
WINDOW = 24


class Memory:
    """What the sentences before left: the measure of the last toll, for numbers that stand bare."""

    def __init__(self) -> None:
        self.measure = ""
        self.siege = self.siege_here = False

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence is read: a question how many, words of a siege."""
        words = [token.lower for token in sentence.tokens]
        self.siege = self.siege_here
        self.siege_here = not SIEGE.isdisjoint(words)
        if "many" in words and "how" in words:
            for cue in find(words):
                if cue.slot not in ("active", "before") and cue.rule.measure in PEOPLE_MEASURES:
                    self.measure = cue.rule.measure
                    return

    def end(self, found: list[FigureMention]) -> None:
        """After a sentence was read: its first whole figure of people is what a bare number goes on about."""
        for mention in found:
            if mention.total and mention.measure in ("killed", "wounded", "missing", "displaced", "casualties"):
                self.measure = mention.measure
                return


class Reading(NamedTuple):
    """What a number measures, by which rule, and whether the figure is whole (not part of another)."""

    measure: str
    rule: str
    total: bool = True


def complete(page: Layout, nouns: list[Noun], readings: list[Reading | None], memory: Memory) -> None:
    """Fills in the readings of numbers that lean on another figure."""
    for q, noun in enumerate(nouns):
        if readings[q] is not None:
            if _part_of(page, q, noun) and q:
                readings[q] = readings[q]._replace(total=False)  # type: ignore[union-attr]
            continue
        if page.quantities[q].unit not in (None, "families") or difference(page, q):
            continue
        readings[q] = (
            _part(page, q, noun, nouns, readings)
            or _chained(page, q, nouns, readings)
            or _labelled(page, q, noun)
            or _put_at(page, q)
            or _toll(page, q, noun, readings, memory)
            or _earlier(page, q, nouns, readings, memory)
            or _gapped(page, q, noun, nouns, readings)
            or _predicate(page, q)
            or _money(page, q, noun)
            or _shared(page, q, nouns, readings)
            or _bare(page, q, noun, readings, memory)
            or _inside_siege(page, noun, memory)
            or _context(page, q, noun)
        )
    _losses(page, nouns, readings)
    _sums(page, nouns, readings)


NUMBERED = frozenset("number numbered total totalled totaled include includes included".split())
VERB_QUALIFIERS = frozenset(
    "tops topped passes passed exceeds exceeded surpasses surpassed topping surpassing exceed nears nearing neared approaches approaching approached".split()
)


def base(page: Layout, q: int) -> bool:
    """Whether the number is what another is a part of: 1,800 in "150 of the village's 1,800 residents"."""
    if not q:
        return False
    i = page.places[q - 1] + 1
    if i < len(page.items) and page.items[i].lower == "out":
        i += 1
    return i < len(page.items) and page.items[i].lower == "of" and whole_ahead(page, i + 1) == q


def kind_before(page: Layout, q: int) -> str:
    """What the number before counts, for a bare one: "destroyed 3 tanks and captured 2"."""
    for k in range(q - 1, max(-1, q - 4), -1):
        noun = noun_phrase(page, k)
        if noun.kind and page.quantities[k].unit is None:
            return noun.kind
    return ""


def difference(page: Layout, q: int) -> bool:
    """ "40 more than a day earlier", "150 above the last count", "differ by 64": a change, not a count."""
    items, i = page.items, page.places[q]
    follow = [items[k].lower for k in range(i + 1, min(i + 4, len(items)))]
    if follow[:2] in (["more", "than"], ["fewer", "than"], ["less", "than"]) or follow[:1] in (["above"], ["below"]):
        return True
    if "more" in follow[:2] and "than" in follow[:3]:
        return True
    if (
        i > 1
        and items[i - 1].lower == "of"
        and items[i - 2].lower in ("increase", "rise", "decrease", "drop", "decline")
    ):
        return True
    return (
        i > 1
        and items[i - 1].lower == "by"
        and items[i - 2].lower
        in (
            "differ",
            "rose",
            "risen",
            "fell",
            "fallen",
            "increased",
            "up",
            "down",
            "grew",
            "rise",
            "increase",
        )
    )


def _last(readings: list[Reading | None], q: int) -> int:
    """The nearest figure before `q` that has a measure of people or things; -1 if none."""
    for k in range(q - 1, max(-1, q - BACK), -1):
        reading = readings[k]
        if reading is not None and (
            reading.measure in PEOPLE_MEASURES or reading.measure in ("aid", "other", "groups")
        ):
            return k
    return -1


def _part_of(page: Layout, q: int, noun: Noun) -> bool:
    items, i = page.items, page.places[q]
    if noun.part:
        return True
    before = [items[k].lower for k in range(max(0, i - 3), i)]
    if (
        before[-1:] == ["including"]
        or before[-2:] == ["among", "them"]
        or before[-2:] in (["of", "whom"], ["of", "them"], ["of", "these"])
    ):
        return True
    if before[-2:] == ["including", "at"] or before[-1:] == ["includes"] or before[-2:] == ["among", "whom"]:
        return True
    behind = [items[k].lower for k in range(noun.end, min(noun.end + 2, len(items)))]
    return behind in (["among", "them"], ["among", "whom"]) or _of_the(page, q)


def _of_the(page: Layout, q: int) -> bool:
    """ "Of the 12,400 tents sent to the valley, 4,000 are standing"."""
    items, i = page.items, page.places[q]
    if not q or items[i - 1].lower != ",":
        return False
    k = page.places[q - 1]
    while k > 0 and items[k - 1].lower in DETERMINERS:
        k -= 1
    return k > 0 and items[k - 1].lower == "of" and (k == 1 or items[k - 2].lower in (";", ",", "and", '"', "“"))


def _part(page: Layout, q: int, noun: Noun, nouns: list[Noun], readings: list[Reading | None]) -> Reading | None:
    """A part takes the measure of the figure before it."""
    k = _last(readings, q)
    if k < 0 or not (_part_of(page, q, noun) or _listed(page, q, noun, nouns)):
        return None
    whole = readings[k]
    return Reading(whole.measure, f"{whole.measure}.part", False) if whole else None


LABEL_LINKS = frozenset(
    "include includes included including were was are is number numbers numbered totalled totaled reached now at : as stood stand to than - – ="
    " exceeded exceed total comprise comprised".split()
)


def _listed(page: Layout, q: int, noun: Noun, nouns: list[Noun]) -> bool:
    """ "killed four: a teacher and three pupils": people listed behind a colon."""
    if not q or noun.kind != "people":
        return False
    end = nouns[q - 1].end
    return end < len(page.items) and page.items[end].lower == ":" and page.places[q] - end < 8


def _labelled(page: Layout, q: int, noun: Noun) -> Reading | None:
    """ "that of the injured 374", "killed: 12", "the dead include 9 children", "of the deaths, 17 were in Halim"."""
    items, i = page.items, page.places[q]
    at = i
    while at > 0 and i - at < 3 and items[at - 1].lower in LABEL_LINKS:
        at -= 1
    if at < i and items[at].lower in NUMBERED:
        at = _subject_end(page, at)
    comma = at == i and at > 2 and items[at - 1].lower == ","
    at = at - 1 if comma else at
    for cue in page.by_end.get(at, ()):
        if cue.slot not in ("heads", "state") or cue.rule.measure not in PEOPLE_MEASURES:
            continue
        before = items[cue.start - 1].lower if cue.start else ""
        if comma and not (before in ("the", "those") and cue.start > 1 and items[cue.start - 2].lower == "of"):
            continue
        if at == i and not comma and not (noun.bare and before in ("the", "of", "", ",", "and", ";")):
            continue
        if at < i and not comma and before in AUX:
            continue
        part = (
            comma
            or items[i - 1].lower.startswith("includ")
            or before == "the"
            and items[max(0, cue.start - 2)].lower == "among"
        )
        return Reading(cue.rule.measure, f"{cue.rule.name}.label", not part)
    return None


def _subject_end(page: Layout, at: int) -> int:
    """The end of the head noun of "the martyrs of the operation" before item `at`."""
    for k in range(at, max(0, at - 9), -1):
        heads = [cue for cue in page.by_end.get(k, ()) if cue.slot == "heads"]
        if heads and k < at and page.items[k].lower in PREPOSITIONS:
            return k
        if page.items[k - 1].q >= 0 or not page.items[k - 1].lower[:1].isalpha():
            break
    return at


def _put_at(page: Layout, q: int) -> Reading | None:
    """ "put the attackers at about 100", "estimated the dead at 40"."""
    items, i = page.items, page.places[q]
    if i < 2 or items[i - 1].lower != "at":
        return None
    if [item.lower for item in items[i + 1 : i + 4]] == ["the", "number", "of"]:
        for cue in (c for k in range(i + 4, min(i + 16, len(items))) for c in page.by_start.get(k, ())):
            if cue.slot not in ("active", "before", "default") and cue.rule.measure in PEOPLE_MEASURES:
                return Reading(cue.rule.measure, f"{cue.rule.name}.count")
    for j in range(i - 2, max(-1, i - 14), -1):
        if items[j].q >= 0 or items[j].lower in (";", ".", ":"):
            return None
        if items[j].lower in (
            "put",
            "puts",
            "putting",
            "estimated",
            "estimates",
            "estimate",
            "reckons",
            "reckoned",
            "gives",
            "gave",
        ):
            for cue in (c for k in range(j + 1, i) for c in page.by_start.get(k, ())):
                if cue.slot in ("heads", "state", "default") and cue.rule.measure in PEOPLE_MEASURES:
                    return Reading(cue.rule.measure, f"{cue.rule.name}.count")
            return None
    return None


def _toll(page: Layout, q: int, noun: Noun, readings: list[Reading | None], memory: Memory) -> Reading | None:
    """ "the death toll rose to 22", "put the number of people killed at 22", "toll now 16"."""
    items, i = page.items, page.places[q]
    low = max(0, i - WINDOW)
    for j in range(i - 1, low - 1, -1):
        item = items[j]
        if item.lower in (";", ".", "!", "?"):
            return None
        if item.lower not in COUNT_NOUNS:
            continue
        verb = page.quantities[q].words.split()[0].lower() in VERB_QUALIFIERS
        link = items[i - 1].lower
        if link in DETERMINERS and i > 1:
            link = items[i - 2].lower
        if not (j == i - 1 or verb or link in LINKS):
            return None
        toll = item.lower in ("toll", "tolls")
        for cue in (c for k in range(max(0, j - 2), i) for c in page.by_start.get(k, ())):
            if cue.slot in ("heads", "state", "passive", "intransitive", "default"):
                counted = [items[k].lower for k in range(j + 1, cue.start) if items[k].lower not in DETERMINERS]
                if (
                    toll
                    and cue.rule.measure not in TOLL_MEASURES
                    or not fits(cue.rule, kind_of(counted, False), counted)
                ):
                    continue
                if cue.rule.measure in PEOPLE_MEASURES and not (cue.slot == "default" and cue.start < j):
                    return Reading(cue.rule.measure, f"{cue.rule.name}.count")
        if toll:
            return Reading("killed", "killed.toll")
        if not noun.bare and noun.words != ("names",):
            return None
        whole = readings[_last(readings, q)] if _last(readings, q) >= 0 else None
        measure = whole.measure if whole else memory.measure
        return Reading(measure, f"{measure}.count") if measure else None
    return None


def _earlier(page: Layout, q: int, nouns: list[Noun], readings: list[Reading | None], memory: Memory) -> Reading | None:
    """ "up from the 30 and 340 it reported", "down from about 100", "compared with 12"."""
    items, i = page.items, page.places[q]
    at = i - 1
    while at >= 0 and items[at].lower in DETERMINERS:
        at -= 1
    if (
        at < 0
        or items[at].lower not in ("from", "against", "than")
        and not (items[at].lower in ("with", "to") and at and items[at - 1].lower == "compared")
    ):
        return None
    if not nouns[q].bare and EARLIER_NOUNS.isdisjoint(nouns[q].words):
        return None
    mains = [k for k in range(max(0, q - BACK), q) if readings[k] is not None and readings[k].total]  # type: ignore[union-attr]
    if not mains:
        return Reading(memory.measure, f"{memory.measure}.earlier") if memory.measure else None
    group = [q]
    while len(group) < 4 and group[-1] + 1 < len(nouns) and page.places[group[-1] + 1] == page.places[group[-1]] + 2:
        group.append(group[-1] + 1)
    chosen = mains[-len(group) :] if len(mains) >= len(group) else [mains[-1]] * len(group)
    for member, main in zip(group, chosen, strict=True):
        whole = readings[main]
        if whole is not None and readings[member] is None:
            readings[member] = Reading(whole.measure, f"{whole.measure}.earlier")
    return readings[q]


def _other_subject(page: Layout, q: int, noun: Noun, nouns: list[Noun]) -> bool:
    """ "the rebels lost 45 men and the army eight": the verb is not said again for another subject."""
    between = page.items[nouns[q - 1].end : page.places[q]]
    behind = page.items[noun.end].lower
    if (
        behind not in (",", ".", ";", "and")
        or not 2 <= len(between) <= 4
        or between[0].lower not in ("and", ",", "but")
    ):
        return False
    return all(
        item.lower[:1].isalpha() and item.lower not in AUX and item.lower not in PREPOSITIONS for item in between[1:]
    )


GAP_PREPOSITIONS = frozenset("in to from at near on around for by".split())


def _gapped(page: Layout, q: int, noun: Noun, nouns: list[Noun], readings: list[Reading | None]) -> Reading | None:
    """ "71 of the dead are in Varna, 38 in Halim and six in the hills": the verb is not said again."""
    if not q or not noun.bare or readings[q - 1] is None or noun.end >= len(page.items):
        return None
    if _other_subject(page, q, noun, nouns):
        return readings[q - 1]
    link, i, before = page.items[noun.end].lower, page.places[q], page.places[q - 1]
    if link not in GAP_PREPOSITIONS or page.items[i - 1].lower not in (",", "and", ";") or i - before > 14:
        return None
    whole = readings[q - 1]
    if whole is None or all(page.items[k].lower != link for k in range(before + 1, i)):
        return None
    return Reading(whole.measure, f"{whole.measure}.gapped", False)


def _predicate(page: Layout, q: int) -> Reading | None:
    """ "those who perished in it were 15 guards"."""
    items, i = page.items, page.places[q]
    if not i or items[i - 1].lower not in BE:
        return None
    for k in range(i - 2, max(0, i - 12), -1):
        if items[k].q >= 0 or items[k].lower in (",", ";", ":"):
            return None
        for cue in page.by_start.get(k, ()):
            if cue.slot in ("intransitive", "passive") and cue.rule.measure in PEOPLE_MEASURES:
                subject = [item.lower for item in items[max(0, k - 5) : k]]
                if "those" in subject or "who" in subject:
                    return Reading(cue.rule.measure, f"{cue.rule.name}.predicate")
    return None


def _money(page: Layout, q: int, noun: Noun) -> Reading | None:
    """ "1.4 billion euros by one count, 600 million by another"."""
    value = page.quantities[q].low or page.quantities[q].high or 0
    if not q or not noun.bare or value < 100_000:
        return None
    before = page.quantities[q - 1].unit
    return Reading("money", "money.again") if before in MONEY else None


def _shared(page: Layout, q: int, nouns: list[Noun], readings: list[Reading | None]) -> Reading | None:
    """A number joined to the one before shares its verb: "killed 22 soldiers and 15 civilians"."""
    if page.quantities[q].low == page.quantities[q].high == 1 and nouns[q].bare:
        return None
    if not q or readings[q - 1] is None or page.quantities[q - 1].unit not in (None, "families"):
        return None
    whole = readings[q - 1]
    of = (
        whole is not None
        and whole.rule.endswith(".before")
        and whole.measure in ("killed", "wounded", "detained", "displaced")
    )
    if whole is None or (whole.rule.endswith((".default", ".before")) and not of):
        return None
    begin, i = nouns[q - 1].end, page.places[q]
    between = [page.items[k].lower for k in range(begin, i)]
    while between and between[-1] in DETERMINERS:
        between.pop()
    joins = [word for word in between if word in ("and", ",", "or", "plus", "&", "with", "as")]
    if (
        not joins
        or len(between) > 6
        or any(word in AUX or word in (";", ":", "who", "that", "which") for word in between)
    ):
        return None
    if not between:
        return None
    together = between[-1] in ("with", "alongside") and whole.measure in ("besieged", "detained", "killed", "missing")
    again = between[-2:] == ["and", "of"] and page.items[page.places[q - 1] - 1].lower == "of"
    if between[-1] not in ("and", ",", "or", "plus", "&", "another", "as", "a", "also") and not together and not again:
        return None
    if nouns[q].bare and page.quantities[q].rule == "none":
        return None
    if nouns[q].bare and not whole.rule.endswith((".object", ".count", ".toll", ".part")):
        return None
    if (
        whole.rule.endswith((".noun", ".verb"))
        and not nouns[q].bare
        and not nouns[q - 1].bare
        and page.items[begin - 1].lower in ("dead", "wounded", "injured", "missing")
    ):
        return None
    follows = page.items[nouns[q].end].lower if nouns[q].end < len(page.items) else ""
    if follows in AUX:
        return None
    if (
        nouns[q].kind
        and nouns[q - 1].kind
        and nouns[q].kind != nouns[q - 1].kind
        and whole.rule.endswith((".object", ".shared"))
    ):
        other = {"killed": "destroyed", "destroyed": "killed", "detained": "seized", "seized": "detained"}.get(
            whole.measure
        )
        return Reading(other, f"{other}.shared", whole.total) if other else None
    return Reading(whole.measure, f"{whole.measure}.shared", whole.total)


def _chained(page: Layout, q: int, nouns: list[Noun], readings: list[Reading | None]) -> Reading | None:
    """The object of a verb further back in a list: "lost 1,200 troops, 12 tanks and 34 guns"."""
    k = q
    while k and q - k < 6:
        i = page.places[k]
        if page.items[i - 1].lower not in ("and", ",", "plus") or nouns[k - 1].end not in (i - 1, i - 2):
            return None
        k -= 1
        at = page.places[k]
        while at > 0 and page.items[at - 1].lower in DETERMINERS:
            at -= 1
        found = object_of(page, at, nouns[q].kind, nouns[q])
        if found:
            first = readings[k]
            return Reading(found.measure, f"{found.measure}.shared", first is None or first.total)
    return None


def object_of(page: Layout, at: int, kind: str, noun: Noun, strong: bool = False) -> Reading | None:
    """The measure by an active verb that ends right before item `at`."""
    for cue in page.by_end.get(at, ()):
        if cue.slot != "active" or (strong and not cue.rule.strong) or passive_here(page, cue):
            continue
        if fits(cue.rule, kind, list(noun.words), noun.hint) and needs(page, cue.rule):
            return Reading(cue.rule.measure, f"{cue.rule.name}.object")
    return None


def passive_here(page: Layout, cue: Cue) -> bool:
    """ "were killed 12 people" does not occur; "was captured 12 days later" does."""
    verb = page.items[cue.start].lower
    return cue.start > 0 and page.items[cue.start - 1].lower in BE and not verb.endswith("ing")


def needs(page: Layout, rule: Rule) -> bool:
    """Whether the sentence has one of the words without which the rule is silent."""
    return not rule.needs or not rule.needs.isdisjoint(page.words)


def _bare(page: Layout, q: int, noun: Noun, readings: list[Reading | None], memory: Memory) -> Reading | None:
    """A number without a noun goes on with the measure that was spoken of."""
    items, i = page.items, page.places[q]
    before = items[i - 1].lower if i else ""
    if noun.part or page.quantities[q].rule == "none" or not (noun.bare or before in ("say", "i.e.")):
        return None
    if before in ("to", "at", "of") and i > 1:
        before = items[i - 2].lower
        before = "counted" if before in ("speaks", "spoke", "speak", "talks", "talked", "hears", "heard") else before
    behind = items[noun.end].lower if noun.end < len(items) else ""
    after = items[noun.end + 1].lower if noun.end + 1 < len(items) else ""
    if before == "not" and i > 1 and items[i - 2].lower == ",":
        before = "counted"  # "eleven people died, not 14 as reported"
    closes = behind in ("", ".", ",", ";", "in", "!", "?") and (after in SPEECH or not SAID.isdisjoint(page.words))
    opens = i <= 1 and (behind in AUX or closes)
    if before in ("say", "i.e.") and _last(readings, q) >= 0:
        before = "counted"  # "nine and four, that is to say thirteen men"
    opens = opens or before == "other"
    if behind in BE and _last(readings, q) >= 0 and before in (",", "and", ";"):
        whole = readings[_last(readings, q)]
        if whole is not None and (not whole.total or nouns_part(page, q)):
            return Reading(whole.measure, f"{whole.measure}.part", False)
    if not opens and before not in COUNT_VERBS:
        return None
    if behind in ("of", "to", "-"):
        return None
    if before == "other":
        return Reading(memory.measure, f"{memory.measure}.other", False) if memory.measure else None
    k = _last(readings, q)
    whole = readings[k] if k >= 0 else readings[q - 1] if q else None
    measure = whole.measure if whole else memory.measure
    return Reading(measure, f"{measure}.again") if measure in AGAIN else None


def nouns_part(page: Layout, q: int) -> bool:
    """Whether the number before is a part itself: "eight of the dead had no uniforms, 23 were troops"."""
    k = page.places[q - 1] if q else -1
    return k >= 0 and k + 1 < len(page.items) and page.items[k + 1].lower == "of"


def _inside_siege(page: Layout, noun: Noun, memory: Memory) -> Reading | None:
    """ "About 200 men are inside", said of a place that is besieged."""
    items, j = page.items, noun.end
    if noun.kind != "people" or not (memory.siege or memory.siege_here):
        return None
    while j < len(items) and j < noun.end + 4 and (items[j].lower in AUX or items[j].lower in ("still", "now")):
        j += 1
    here = j > noun.end and j < len(items) and items[j].lower in ("inside", "within", "left")
    return Reading("besieged", "besieged.inside") if here else None


def _context(page: Layout, q: int, noun: Noun) -> Reading | None:
    """Things in a list under a noun that tells what they are: "as booty were taken 40 lorries"."""
    if noun.kind == "people":
        return None
    for k in range(page.places[q] - 1, max(-1, page.places[q] - 2 * WINDOW), -1):
        measure = CONTEXT.get(page.items[k].lower)
        if measure:
            return Reading(measure, f"{measure}.context")
    return None


def _losses(page: Layout, nouns: list[Noun], readings: list[Reading | None]) -> None:
    """ "lost 610 men, 230 of them killed": the losses are casualties."""
    for q in range(1, len(nouns)):
        part, whole = readings[q], readings[q - 1]
        if part is None or whole is None or not _part_of(page, q, nouns[q]) or whole.measure != "killed":
            continue
        before = page.items[page.places[q - 1] - 1].lower
        if (
            before in ("lost", "losing", "lose", "loses")
            and part.measure == "killed"
            and not part.rule.endswith(".part")
        ):
            readings[q - 1] = Reading("casualties", "casualties.losses", whole.total)


def _sums(page: Layout, nouns: list[Noun], readings: list[Reading | None]) -> None:
    """Numbers without a reading that add up to a figure are its parts; a number that sums up others is their whole."""
    count = len(nouns)
    for q in range(count):
        whole = readings[q]
        value = page.quantities[q].low
        if whole is None or not value or page.quantities[q].unit not in (None, "families"):
            continue
        run: list[int] = []
        total = 0.0
        for k in range(q + 1, min(q + 9, count)):
            if (
                readings[k] is not None
                or page.quantities[k].unit not in (None, "families")
                or page.quantities[k].low is None
            ):
                break
            run.append(k)
            total += page.quantities[k].low or 0
            if total >= value:
                break
        if len(run) > 1 and total == value:
            for k in run:
                readings[k] = Reading(whole.measure, f"{whole.measure}.sum", False)
    for q in range(2, count):
        parts = [k for k in range(max(0, q - BACK), q) if readings[k] is not None and readings[k].total]  # type: ignore[union-attr]
        value = page.quantities[q].low
        if (
            readings[q] is None
            and len(parts) > 1
            and value
            and value == sum(page.quantities[k].low or 0 for k in parts)
        ):
            kinds = {readings[k].measure for k in parts}  # type: ignore[union-attr]
            if kinds <= {"killed", "wounded", "missing"}:
                readings[q] = Reading("casualties" if len(kinds) > 1 else kinds.pop(), "casualties.sum")
