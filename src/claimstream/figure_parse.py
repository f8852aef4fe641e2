"""The parts of a sentence that figures are read from: items (words, and numbers taken as one), counted noun phrases.

No tagger and no parser: closed word classes, the cue words of the measures, and the shape of the words decide where a
noun phrase ends and whether a participle is active or passive.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from claimstream.measures import Cue, find, kind_of
from claimstream.model import Quantity, Sentence

BE = frozenset("is are was were be been being am 's 're".split())
AUX = BE | frozenset("has have had having do does did will would shall should can could may might must".split())
COPULAS = frozenset("remain remains remained stay stayed became become feared lay lie".split())
MODALS = frozenset("will would shall should can could may might must to".split())
PREPOSITIONS = frozenset(
    "of in on at by for with from into onto over under through across along around near outside inside within beyond"
    " between among amid against towards toward above below behind during despite throughout off out up down upon via per"
    " since until till after before as to including excluding besides plus about like versus than aboard".split()
)
SUBORDINATORS = frozenset(
    "when while because if unless although though whereas where until till as so lest that whether".split()
)
RELATIVES = frozenset("who whom which whose that".split())
PRONOUNS = frozenset("he she it they we i you them him us me this these those there what".split())
DETERMINERS = frozenset("the a an its their his her our my your this these those any each every all both".split())
CONJUNCTIONS = frozenset(["and", "or", "&", "plus"])
ADVERBS = frozenset(
    "now still yet already also so far there here today yesterday overnight tonight again then too later earlier not"
    " never never always often however meanwhile alone apiece each altogether instead ago back away home abroad twice"
    " monday tuesday wednesday thursday friday saturday sunday more less".split()
)
PAST = frozenset(
    "fled left went came took fell broke got held kept made met ran sat saw sent set shot stood told won gave found flew"
    " drove began became crept hid lay led lost rose sought spoke stayed said says died drowned swam withdrew overran"
    " struck hit shook burnt blew threw brought bought caught cut dug fought hung knew paid put read rode sank slept swept"
    " tore wore wrote remain remains live lives need needs face faces work works say want wants include includes included"
    " stops stands falls rises exceeds covers dates require requires receive receives seek seeks suffer suffers await awaits lack lacks flee flees cross crosses hold holds"
    " remained sleep shelter seem seems appear appears belong belongs make makes take takes go goes come comes continue die dies".split()
)
SPEECH = frozenset(
    "said say says saying told tell tells added add adds reported reports announced confirmed according stated claimed claims"
    " warned described agreed believe believed recalled insisted denied".split()
)
STOP_MARKS = frozenset([";", ":", ".", "?", "!", "—", "--", "|", "•"])
QUOTES = frozenset(['"', "'", "“", "”", "‘", "’", "''", "``"])
OF_THEM = frozenset(["them", "whom", "these", "those", "which", "us"])


class Item(NamedTuple):
    """A word or a whole number phrase; `q` is the index of the quantity, -1 for a word."""

    lower: str
    text: str
    start: int
    end: int
    q: int


class Noun(NamedTuple):
    """The noun phrase behind a number: items [start, end), its nouns in lower case and what they are.

    `part` is true for "of them", "of whom"; `bare` where no noun stands behind the number, and then `hint` is what the
    number before counts; `of_the` is true for "five of the men".
    """

    start: int
    end: int
    words: tuple[str, ...]
    kind: str
    part: bool
    bare: bool
    hint: str = ""
    of_the: bool = False


class Layout(NamedTuple):
    """A sentence ready for reading: its items, numbers, where each number stands, cues by start and by end."""

    sentence: Sentence
    items: list[Item]
    quantities: tuple[Quantity, ...]
    places: list[int]
    cues: list[Cue]
    by_start: dict[int, list[Cue]]
    by_end: dict[int, list[Cue]]
    words: frozenset[str]


def layout(sentence: Sentence, quantities: tuple[Quantity, ...]) -> Layout:
    """The sentence as items, with every number phrase as one item."""
    items: list[Item] = []
    starts = [quantity.start for quantity in quantities]
    n = 0
    for token in sentence.tokens:
        while n < len(quantities) and quantities[n].end <= token.start:
            n += 1
        if n < len(quantities) and token.end > quantities[n].start:
            if items and items[-1].q == n:
                continue
            quantity = quantities[n]
            items.append(Item("#", quantity.words, quantity.start, max(quantity.end, token.end), n))
        else:
            items.append(Item(token.lower, token.text, token.start, token.end, -1))
    places = [0] * len(starts)
    for i, item in enumerate(items):
        if item.q >= 0:
            places[item.q] = i
    cues = find([item.lower for item in items])
    by_start: dict[int, list[Cue]] = {}
    by_end: dict[int, list[Cue]] = {}
    for cue in cues:
        by_start.setdefault(cue.start, []).append(cue)
        by_end.setdefault(cue.end, []).append(cue)
    return Layout(sentence, items, quantities, places, cues, by_start, by_end, frozenset(item.lower for item in items))


def has_cue(page: Layout, i: int, slots: tuple[str, ...]) -> bool:
    return any(cue.slot in slots for cue in page.by_start.get(i, ()))


VERBAL = ("active", "passive", "intransitive")


def noun_phrase(page: Layout, q: int, inner: bool = False) -> Noun:
    """The noun phrase that the number counts; `inner` for the number inside another's phrase."""
    items, i = page.items, page.places[q] + 1
    size, part, unit = len(items), False, page.quantities[q].unit
    begin = i
    if i + 1 < size and items[i].lower == "out" and items[i + 1].lower == "of":
        i += 1
    if i < size and items[i].lower == "of" and i + 1 < size:
        follow = items[i + 1].lower
        ahead = -1 if inner else whole_ahead(page, i + 1)
        if ahead >= 0:
            whole = noun_phrase(page, ahead, inner=True)
            return whole._replace(start=page.places[ahead] + 1)
        if follow in OF_THEM:
            part, i = True, i + 2
            begin = i
            if i < size and items[i].lower in DETERMINERS:
                i += 1
            if i < size and items[i].lower == "own":
                i += 1
        elif items[i + 1].text[:1].isupper() and i + 3 < size and items[i + 2].lower in ("'s", "'"):
            i += 3
            begin = i
        elif follow in DETERMINERS or page.quantities[q].unit or page.quantities[q].vague:
            i += 2 if follow in DETERMINERS else 1
            begin = i
    if i < size and items[i].lower in AUX and q_of_whom(page, q):
        antecedent = _antecedent(page, page.places[q])
        if antecedent:
            return Noun(i, i, (antecedent,), kind_of([antecedent], False), True, False)
    if unit == "families" and not part:
        return Noun(i, i, ("families",), "people", False, False)
    part = part or q_of_whom(page, q)
    words: list[str] = []
    capital = False
    while i < size and i - begin < 9:
        item = items[i]
        if item.q >= 0 or not _continues(page, i, words):
            break
        if item.lower not in QUOTES:
            words.append(item.lower)
            capital = item.text[:1].isupper()
        i += 1
    return Noun(begin, i, tuple(words), kind_of(words, capital), part, not words)


def noun_phrases(page: Layout) -> list[Noun]:
    """The noun phrases of all numbers; a part without a noun is of the kind of what stands before it."""
    found: list[Noun] = []
    for q in range(len(page.quantities)):
        noun = noun_phrase(page, q)
        if noun.part and noun.bare and found:
            noun = noun._replace(kind=found[-1].kind)
        elif noun.bare and found:
            noun = noun._replace(hint=found[-1].kind or found[-1].hint)
        after = page.places[q] + 1
        if (
            after + 1 < len(page.items)
            and page.items[after].lower == "of"
            and page.items[after + 1].lower in DETERMINERS
        ):
            noun = noun._replace(of_the=True)
        found.append(noun)
    return found


def q_of_whom(page: Layout, q: int) -> bool:
    i = page.places[q]
    return i > 2 and page.items[i - 1].lower in ("whom", "which") and page.items[i - 2].lower == "of"


def _antecedent(page: Layout, i: int) -> str:
    """The noun before ", of whom" where no number stands with it: "the militants, of whom 200 are left"."""
    at = i - 4 if page.items[i - 3].lower == "," else i - 3
    if at < 0 or any(item.q >= 0 for item in page.items[max(0, at - 3) : at + 1]):
        return ""
    return page.items[at].lower


def whole_ahead(page: Layout, i: int) -> int:
    """The number in "150 of the village's 1,800 residents", "35 of the 39 drones"; -1 if none."""
    items = page.items
    for k in range(i, min(i + 5, len(items))):
        if items[k].q >= 0:
            return items[k].q if k > i and page.quantities[items[k].q].unit is None else -1
        if k == i and items[k].lower not in DETERMINERS and not items[k].text[:1].isupper():
            return -1
        if items[k].lower in AUX - {"'s"} or items[k].lower in PAST or items[k].lower in PREPOSITIONS:
            return -1
        if not items[k].lower[:1].isalpha() and items[k].lower not in ("'s", "'", "’s", "’"):
            return -1
    return -1


def _continues(page: Layout, i: int, words: list[str]) -> bool:
    """Whether the noun phrase goes on with item `i`."""
    items = page.items
    word = items[i].lower
    if word in QUOTES:
        return bool(i + 1 < len(items) and items[i + 1].lower[:1].isalpha() and not words)
    if word == "-":
        return False
    if not word[:1].isalnum():
        return False
    if word in AUX or word in SUBORDINATORS or word in RELATIVES or word in PRONOUNS or word in ADVERBS:
        return word == "more" and not words
    if word in PREPOSITIONS or word in DETERMINERS or word in SPEECH:
        return False
    if word in CONJUNCTIONS:
        return bool(words) and _joins(page, i)
    if word.endswith("ly") and len(word) > 4 and word not in ("family", "elderly"):
        return has_cue(page, i, ("state",)) or (i + 1 < len(items) and has_cue(page, i + 1, ("state",)))
    if words:
        return not _verb_here(page, i, words)
    return word not in PAST and not (has_cue(page, i, ("intransitive",)) and not has_cue(page, i, ("state", "heads")))


def _joins(page: Layout, i: int) -> bool:
    """ "soldiers and militiamen" is one phrase; "soldiers and wounded 3", "soldiers and the town" are not."""
    if i + 2 > len(page.items) - 1:
        return False
    follow = page.items[i + 1]
    if follow.q >= 0 or not follow.lower[:1].isalpha() or follow.lower in DETERMINERS or follow.lower in AUX:
        return False
    if follow.lower in PRONOUNS or follow.lower in PREPOSITIONS or follow.lower in PAST or follow.lower in SPEECH:
        return False
    if has_cue(page, i + 1, VERBAL):
        return False
    return not follow.lower.endswith(("ing", "ed", "ly")) and follow.lower not in ADVERBS


def _verb_here(page: Layout, i: int, words: list[str]) -> bool:
    """Whether the word behind a noun is a verb: a cue, a past form, "-ed" or "-ing" not before another noun."""
    word = page.items[i].lower
    nounish = words[-1].endswith("s") or kind_of([words[-1]], False) != ""
    if has_cue(page, i, VERBAL):
        if has_cue(page, i, ("state", "heads")) and not nounish:
            return False
        return nounish or not has_cue(page, i, ("heads", "default"))
    if word in PAST:
        return nounish
    return nounish and word.endswith(("ed", "ing")) and len(word) > 4 and not has_cue(page, i, ("state", "heads"))


def followed_by_object(page: Layout, i: int) -> bool:
    """Whether a participle that ends before item `i` is active: a number, an article or a noun follows it."""
    items = page.items
    if i >= len(items):
        return False
    item = items[i]
    if item.q >= 0:
        return True
    if item.lower in DETERMINERS:
        return True
    if not item.lower[:1].isalpha() or item.lower in PREPOSITIONS or item.lower in AUX or item.lower in CONJUNCTIONS:
        return False
    if item.lower in ADVERBS or item.lower in SUBORDINATORS or item.lower in RELATIVES or item.lower.endswith("ly"):
        return False
    return kind_of([item.lower], False) != "" or (item.lower in ("people", "others", "another", "several", "many"))


def quantity_from(page: Layout, item: int) -> int:
    """The first quantity at or behind an item."""
    return bisect_left(page.places, item)
