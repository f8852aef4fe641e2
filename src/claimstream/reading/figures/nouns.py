"""What a number counts: the noun phrase behind it, as far as word classes and cues let it be told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from claimstream.model import Quantity
from claimstream.reading.figures.measures import PEOPLE, THINGS, kind_of
from claimstream.reading.figures.page import Page, takes_object
from claimstream.reading.figures.words import (
    ADVERBS,
    AUX,
    CONJUNCTIONS,
    DETERMINERS,
    NO_ONE,
    OF_THEM,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    SPEECH,
    SUBORDINATORS,
    VERBS,
    words,
)

LONGEST = 9
"""Items that a counted noun phrase may have."""
MAINLY = words("mainly")
SOME = frozenset(["some", "several", "many", "various"])
VERBAL = ("active", "passive", "intransitive")


@dataclass(slots=True)
class Noun:
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


class Spot:
    """A number of a page with its noun: what the rules are asked about. `i` is the item of the number."""

    def __init__(self, page: Page, q: int, noun: Noun) -> None:
        self.page = page
        self.q = q
        self.noun = noun
        self.i = page.places[q]
        self.quantity: Quantity = page.quantities[q]

    @property
    def least(self) -> float:
        """The lower bound, the upper where that is open."""
        return self.quantity.low if self.quantity.low is not None else self.quantity.high or 0.0

    @property
    def counts(self) -> bool:
        """Whether the number counts people or things, not units."""
        return self.quantity.unit in (None, "families")

    @property
    def is_one(self) -> bool:
        return self.quantity.low == self.quantity.high == 1

    def before(self, back: int = 1) -> str:
        """The word `back` items before the number, or before the quotation mark that opens with it."""
        quoted = self.page.word(self.i - 1) in QUOTES
        return self.page.word(self.i - back - quoted)

    def behind(self, ahead: int = 0) -> str:
        """The word `ahead` items behind the noun phrase."""
        return self.page.word(self.noun.end + ahead)


def spots(page: Page) -> list[Spot]:
    """The numbers of a page with their nouns; a part without a noun is of the kind of what stands before it."""
    found: list[Spot] = []
    fronted: tuple[str, ...] = ()
    for q in range(len(page.quantities)):
        noun = noun_phrase(page, q)
        if noun.bare and page.word(noun.end) == "to" and page.item(noun.end + 1).q == q + 1:
            noun = noun_phrase(page, q + 1)  # "from 6,000 to 10,000 troops"
        last = found[-1].noun if found else None
        if noun.words == ("more",):
            noun.words, noun.bare = (), True  # "and 4,000 more by sea"
        taken = len(noun.words) == 1 and noun.words[0].endswith("ed") and not noun.kind  # "and three captured"
        if (noun.bare or taken or noun.words == ("others",)) and last:
            if noun.part:
                noun.kind = last.kind
            else:
                noun.hint = last.kind or last.hint
        if noun.part and noun.bare and last is None:
            noun.kind = _named_before(page, page.places[q])
        if noun.bare and not noun.kind and (last is None or (fronted and last.words == fronted)):
            fronted = fronted or _fronted(page, page.places[q])
            if fronted:
                noun.words, noun.kind = fronted, kind_of(list(fronted), False)
        if noun.bare and last and q == 1 and fronts(page):
            noun.words, noun.kind = last.words, last.kind  # "Of the 40 wells in the valley six are dry"
        label = page.word(page.places[q] - 2)
        if noun.bare and page.word(page.places[q] - 1) == ":" and kind_of([label], False):
            noun.words, noun.kind = (label,), kind_of([label], False)  # "On the tents: 640 are up"
        i = page.places[q] + 1
        if page.word(i) == "of" and page.word(i + 1) in DETERMINERS:
            noun.of_the = True
        if page.quantities[q].words.lower() in NO_ONE:
            noun.kind = "people"
        found.append(Spot(page, q, noun))
    for first, second in pairwise(found):
        _makes_of_things(first, second)
    return found


def _makes_of_things(first: Spot, second: Spot) -> None:
    """ "Eight lorries, five Rangers and 47 rifles": what a capital alone tells to be people are things among things."""
    noun, joined = second.noun, second.page.lowers(first.noun.end, second.i) in ([","], ["and"], [",", "and"])
    if joined and first.noun.kind == "things" and noun.kind == "people" and _named_by_capital(second):
        noun.kind = "things"


def _named_by_capital(spot: Spot) -> bool:
    """Whether the counted noun is one word with a capital, as a people or a make has."""
    return len(spot.noun.words) == 1 and spot.page.item(spot.noun.start).text[:1].isupper()


BACK = 12
"""How many items back those may be named whom "of them" means."""


def _named_before(page: Page, i: int) -> str:
    """The kind of those whom "24 of them" means: "separated the men and shot 24 of them"."""
    found = (kind_of([page.word(k)], False) for k in range(i - 1, max(-1, i - BACK), -1))
    return next((kind for kind in found if kind), "")


def _fronted(page: Page, i: int) -> tuple[str, ...]:
    """The noun that opens a sentence of its parts: "Of the bridges in the valley, six are down, two sagging"."""
    if page.word(0) not in ("of", "among") or page.word(1) not in DETERMINERS or i > FRONT:
        return ()
    for k in range(2, i):
        word = page.word(k)
        if not word[:1].isalpha() or word in PREPOSITIONS or word in RELATIVES or word in AUX:
            return ()
        if page.word(k + 1) in POSSESSIVES:
            return ()  # "Of the ferry's 94 passengers"
        if kind_of([word], False) and not kind_of([page.word(k + 1)], False):
            return (word,)
    return ()


FRONT = 20
"""How many items may open a sentence before its first number."""


def fronts(page: Page) -> bool:
    """Whether the first number stands in an opening "Of the ..." and no verb before the second."""
    first, second = page.places[:2]
    return page.word(0) in ("of", "out") and first <= 4 and AUX.isdisjoint(page.lowers(first, second))


def noun_phrase(page: Page, q: int, inner: bool = False) -> Noun:
    """The noun phrase that the number counts; `inner` for the number inside another's phrase."""
    i = page.places[q] + 1
    i = i + 1 if page.word(i) == "out" and page.word(i + 1) == "of" else i
    of_whom = page.word(i - 2) in ("whom", "which") and page.word(i - 3) == "of"
    part = of_whom
    if page.lowers(i, i + 3) == ["of", "them", ","] and page.word(i - 2) == "," and page.item(i - 3).q < 0:
        named = page.word(i - 3)
        kind = kind_of([named], page.item(i - 3).text[:1].isupper() and named.endswith("s"))
        if kind:  # "The villagers, 10,000 of them, left", "the Ruritanians, 400 of them, hold"
            return Noun(i + 3, i + 3, (named,), kind, False, False)
    if page.word(i) == "of" and page.item(i + 1).text:
        whole = -1 if inner else whole_ahead(page, i + 1)
        if whole >= 0:
            noun = noun_phrase(page, whole, inner=True)
            noun.start = page.places[whole] + 1
            return noun
        part = part or page.word(i + 1) in OF_THEM
        i = _past_of(page, i, page.quantities[q])
    if of_whom and page.word(i) in AUX:
        antecedent = _antecedent(page, page.places[q])
        if kind_of([antecedent], False) or (antecedent and not q):
            return Noun(i, i, (antecedent,), kind_of([antecedent], False), True, False)
    if page.quantities[q].unit == "families" and not part:
        return Noun(i, i, ("families",), "people", False, False)
    return _phrase(page, i, part)


def _past_of(page: Page, i: int, quantity: Quantity) -> int:
    """Past "of them", "of the", "of its own", "of Halim's", where the counted noun begins."""
    word = page.word(i + 1)
    if word in OF_THEM:
        i += 2
        i = i + 1 if page.word(i) in DETERMINERS else i
        return i + 1 if page.word(i) == "own" else i
    for k in range(i + 2, i + 5):
        if page.word(k) in POSSESSIVES:
            return k + 1  # "of Halim's posts", "of the enclave's posts"
        if not page.word(k)[:1].isalpha():
            break
    if word in DETERMINERS:
        return i + 3 if page.word(i + 2) == "own" else i + 2
    return i + 1 if quantity.unit or quantity.vague else i


def _phrase(page: Page, begin: int, part: bool) -> Noun:
    """The words of the noun phrase from item `begin`."""
    words: list[str] = []
    capital = model = False
    i = begin
    while i < len(page.items) and i - begin < LONGEST and page.items[i].q < 0 and _continues(page, i, words):
        if page.items[i].lower not in QUOTES:
            words.append(page.items[i].lower)
            capital = page.items[i].text[:1].isupper() and not _code(page.items[i].text)
            model = _models(page.items[i].text) or (model and i > begin) or _numbered(page.items[i].text)
        i += 1
    first = next((n for n, word in enumerate(words) if word in CONJUNCTIONS), 0)
    made = "things" if model or kind_of(words[:first], False) == "things" else ""  # "12 tanks and rangers"
    kind = made or kind_of(words, capital)
    return Noun(begin, i, tuple(words), kind, part, not words)


def _code(text: str) -> bool:
    """Letters that name a model or a kind of thing ("SUVs", "T-56"), not a people ("Kenyans")."""
    return text[1:2].isupper() or any(letter.isdecimal() for letter in text)


def _models(text: str) -> bool:
    """Letters with a plural that name a kind of thing: "two BMPs"; people by such letters are in the lexicon."""
    return text[:2].isupper() and text[:-1].isupper() and text.endswith("s")


def _numbered(text: str) -> bool:
    """A model by letters and a number ("Su-24", "T-72B") before the noun: "two Su-24 bombers" are no men."""
    return text[:1].isupper() and text[-1:].isdecimal() and "-" in text


def whole_ahead(page: Page, i: int) -> int:
    """The number in "150 of the village's 1,800 residents", "35 of the 39 drones", from the item behind "of"; or -1."""
    first = page.item(i)
    if first.q >= 0 and page.quantities[first.q].unit is None and kind_of([page.word(i + 1)], False):
        return first.q  # "24 of 36 drones"
    if first.q >= 0 or (first.lower not in DETERMINERS and not first.text[:1].isupper()):
        return -1
    for k in range(i, i + 5):
        item = page.item(k)
        if item.q >= 0:
            return item.q if page.quantities[item.q].unit is None else -1
        if (
            item.lower in CONJUNCTIONS
            or item.lower in AUX - {"'s"}
            or item.lower in VERBS
            or item.lower in PREPOSITIONS
        ):
            return -1
        if not item.lower[:1].isalpha() and item.lower not in POSSESSIVES:
            return -1
    return -1


def _antecedent(page: Page, i: int) -> str:
    """The noun before ", of whom" where no number stands with it: "the militants, of whom 200 are left"."""
    at = i - 4 if page.word(i - 3) == "," else i - 3
    if at < 0 or any(item.q >= 0 for item in page.items[max(0, at - 3) : at + 1]):
        return ""
    return page.word(at)


def _continues(page: Page, i: int, words: list[str]) -> bool:
    """Whether the noun phrase goes on with item `i`."""
    word = page.word(i)
    if word in QUOTES:
        return not words and page.word(i + 1)[:1].isalpha()
    if not word[:1].isalnum():
        return False
    if word in AUX or word in SUBORDINATORS or word in RELATIVES or word in PRONOUNS or word in ADVERBS:
        return word == "more" and not words
    if word in SPEECH and word.endswith("ed") and not any(kind_of([w], False) for w in words):
        return page.word(i + 1).endswith("s") and kind_of([page.word(i + 1)], False) != ""  # "nine confirmed cases"
    if word in PREPOSITIONS or word in DETERMINERS or word in SPEECH:
        return False
    if word in CONJUNCTIONS:
        return bool(words) and _joins(page, i + 1)
    follow = page.word(i + 1)
    closes = not follow[:1].isalpha() or follow in AUX or follow in VERBS or follow in PREPOSITIONS
    if word == "strong" and not words and closes:
        return False  # "1,100 strong"
    if word in MAINLY and not words:
        return True  # "500 mainly elderly people"
    if word.endswith("ly") and len(word) > 4 and word not in ("family", "elderly"):
        acts = bool(words) and takes_object(page, i + 2)  # "guerrillas swiftly captured the town"
        return page.has_cue(i, "state") or (page.has_cue(i + 1, "state") and not acts)
    if words:
        return not _verb_here(page, i, words[-1])
    people = kind_of([follow], False) == "people"
    if not words and word.endswith("ed") and (people or not page.has_cue(i, "active")) and kind_of([follow], False):
        return True  # "400 mobilised men"
    verb = page.has_cue(i, "intransitive", "passive") and not page.has_cue(i, "state", "heads", "default")
    return word not in VERBS and not verb


def _joins(page: Page, i: int) -> bool:
    """Whether item `i`, behind "and", belongs to the phrase: "soldiers and militiamen", not "soldiers and the town"."""
    item = page.item(i)
    word = item.lower
    if item.q >= 0 or not word[:1].isalpha() or i >= len(page.items) - 1 or page.has_cue(i, *VERBAL):
        return False
    if page.item(i + 1).q >= 0 or word in SOME:
        return False  # "lost 13 men and Ruritania six", "two rebels and some soldiers"
    if word in DETERMINERS or word in AUX or word in PRONOUNS or word in PREPOSITIONS or word in ADVERBS:
        return False
    return word not in VERBS and word not in SPEECH and not word.endswith(("ing", "ed", "ly"))


def _verb_here(page: Page, i: int, last: str) -> bool:
    """Whether the word behind a noun is a verb: a cue, a past form, "-ed" or "-ing" not before another noun."""
    word = page.word(i)
    nounish = last.endswith("s") or kind_of([last], False) != ""
    if page.has_cue(i, *VERBAL):
        if page.has_cue(i, "state", "heads") and not nounish:
            return False
        thing = kind_of([word], False) == "things" and not page.has_cue(i, "passive", "intransitive")
        if thing and not takes_object(page, i + 1):
            return False  # "police stations"
        return nounish or not page.has_cue(i, "heads", "default")
    if word in VERBS:
        return nounish
    if page.has_cue(i, "state", "heads", "default"):
        return False
    return nounish and ((word.endswith(("ed", "ing")) and len(word) > 4) or _closed(last, word))


PLURAL_ENDS = ("s", "men", "women", "people", "children", "police", "cattle")


def _closed(last: str, word: str) -> bool:
    """Whether a plural noun that is known ends the phrase: "40 suspects sit", not "40 women activists"."""
    return last.endswith(PLURAL_ENDS) and (last in PEOPLE or last in THINGS) and kind_of([word], False) == ""
