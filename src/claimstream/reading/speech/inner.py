"""Speakers named inside a phrase: "the 231 that the ministry lists", "540 dead (police)", "if one asks the chamber".

Each answers for a few words of the sentence only, whoever says the rest of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from claimstream.reading.speech.estimates import estimated_by, of_another, owned_number
from claimstream.reading.speech.fitness import is_numeral
from claimstream.reading.speech.phrases import TOLD_THINGS, noun_phrase
from claimstream.reading.speech.spans import Cue, Raw
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    AUX,
    BETWEEN,
    BODY_NOUNS,
    BREAKS,
    DENIAL,
    DETERMINERS,
    FRAMES,
    NO_SPEAKER,
    PERSON,
    POSSESSIVE_MARKS,
    SPEAKERS,
    SUBORDINATE,
    TIME,
    UNTRUE,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_tensed,
    word_set,
)

RELATIVES = word_set("that which whom")
OWNERS = word_set("the its his her their")
HOLDING = word_set("has have had keeps kept")
NO_COUNT = word_set("call describe want ask demand promise pledge vow believe know hear urge accuse talk")
SAYS = word_set("say claim insist report announce admit state maintain boast allege")
UNTOLD = word_set("for to with by")
UNTOLD_OF = UNTRUE.union(DENIAL)
OPENERS = word_set("and but or that")
OPENS_CLAUSE = word_set("where while because which as")
BROUGHT = word_set(WORDS["brought_things"])
PASSIVES = word_set("is are was were be been being")
QUALIFIERS = word_set(
    "the a an some about around nearly almost over under roughly only up to more fewer less than at least most figure"
    " number toll total of"
)
NUMBERS_OF = word_set(WORDS["figures"])
_BODIES = BODY_NOUNS | SPEAKERS
PARTIES = word_set(WORDS["parties"])
GIVEN = word_set("given reported announced claimed counted cited published quoted mentioned")
SOURCED = word_set("comes come came stems stem stemmed originates originated")
LONGEST_OWNER = 8
"""Tokens that may name the speaker within a phrase."""
REACH = 10
"""Tokens between a number and the relative clause that says whose it is."""


Found = tuple[Cue, int]
"""A cue, and the token behind its last word."""


def inner(tokens: Tokens, inside: list[bool], found: list[Raw]) -> list[Found]:
    """The speakers inside phrases, from left to right."""
    if not any(token.text.islower() for token in tokens):
        return []  # where all stands in capitals, names cannot be told
    lower = [token.lower for token in tokens]
    floors = sorted(raw.end for raw in found)
    made: list[Found] = []
    readers = _READERS if any(map(is_numeral, tokens)) else _UNNUMBERED
    for n, word in enumerate(lower):
        if word not in readers:
            continue
        behind = made[-1][1] if made else 0
        if inside[n] or n < behind:
            continue
        passed = bisect_right(floors, n)
        floor = max(behind, floors[passed - 1] if passed else 0)
        for reader in readers[word]:
            cue = reader(tokens, lower, n, floor)
            if cue is not None:
                made.append(cue)
                break
    return made


def replaced(found: list[Raw], phrases: list[Found]) -> list[Raw]:
    """The cues of the sentence but for those whose verb stands inside a phrase that was read as such."""
    return [raw for raw in found if not any(cue.left <= raw.end - 1 < behind for cue, behind in phrases)]


def _cue(tokens: Tokens, left: int, head: int, behind: int, begin: int, end: int, verb: str) -> Found | None:
    while begin < end and tokens[begin].text in ",;:)—–-":
        begin += 1
    while begin < end and tokens[end - 1].text in ",;:(—–-.":
        end -= 1
    if begin >= end or left >= head:
        return None
    return Cue(left, head, head, ((tokens[begin].start, tokens[end - 1].end),), verb, "inner"), behind


def _relative(tokens: Tokens, lower: list[str], n: int, _floor: int) -> Found | None:
    """ "The 231 that the ministry has on its books", "the 60 dead whom it admits", "the 60 dead the army admits to"."""
    bare = lower[n] in OWNERS and n > 1 and _noun_ends(lower[n - 1])
    if n < 1 or not (lower[n] in RELATIVES or bare) or tokens[n - 1].text in BREAKS or n + 2 >= len(tokens):
        return None
    left = n if bare else n + 2 if tokens[n + 1].text == "," else n + 1  # "2,000 which, the agency reported, ..."
    number = next(
        (k for k in range(n - 1, max(-1, n - REACH), -1) if tokens[k].text in BREAKS or is_numeral(tokens[k])), -1
    )
    if number < 0 or tokens[number].text in BREAKS or any(lower[k] in AUX for k in range(number + 1, n)):
        return None
    if is_tensed(tokens, left) or UNTOLD.intersection(lower[number + 1 : n]):
        return None
    reach = range(left + 1, min(left + LONGEST_OWNER, len(tokens)))
    verb = next((k for k in reach if tokens[k].text in BREAKS or _tells(tokens, lower, k)), 0)
    head = verb
    while head > left and (lower[head - 1] in BETWEEN or lower[head - 1] in AUX):
        head -= 1
    passive = not PASSIVES.isdisjoint(lower[head:verb])
    if (
        not verb
        or tokens[verb].text in BREAKS
        or passive
        or head <= left
        or not _names(tokens, left, head)
        or not (_leaves_off(tokens, lower, verb) or _says_of_it(tokens, lower, verb))
    ):
        return None
    begin = number
    while begin > 0 and lower[begin - 1] in QUALIFIERS:
        begin -= 1
    return _cue(tokens, left, head, verb + 1, begin, n, VERBS.get(lower[verb], lower[verb]))


def _tells(tokens: Tokens, lower: list[str], k: int) -> bool:
    if lower[k] in HOLDING and lower[k] not in VERBS:
        return True
    if lower[k] in AUX:
        return lower[k] in HOLDING and k + 1 < len(tokens) and lower[k + 1] in ("on", "in")
    return lower[k] in VERBS and VERBS[lower[k]] not in NO_COUNT and tokens[k].text.islower()


_NO_NOUN_ENDS = AFTER_PARTICIPLE.union(SUBORDINATE, AUX, BETWEEN, VERBS, ("or", "of"))


def _noun_ends(word: str) -> bool:
    """Whether a noun can end in the word before "the army lists": "the 60 dead the army lists"."""
    return word.isalpha() and word not in _NO_NOUN_ENDS


def _names(tokens: Tokens, left: int, head: int) -> bool:
    pronoun = head == left + 1 and tokens[left].lower in PERSON | {"it", "they"}
    return pronoun or (can_speak(tokens, left, head) and not has_verb(tokens, left, head))


def _says_of_it(tokens: Tokens, lower: list[str], verb: int) -> bool:
    """ "The nine whom the army said it captured", "the forty that it claims to have shot": of them it says so."""
    after = verb + 1
    if after + 1 >= len(tokens) or VERBS.get(lower[verb], "") not in SAYS:
        return False
    pronoun = lower[after] in ("it", "they", "he", "she") and lower[after + 1].isalpha()
    return pronoun or (lower[after] == "to" and lower[after + 1] in ("have", "be"))


def _leaves_off(tokens: Tokens, lower: list[str], verb: int) -> bool:
    """Whether nothing that is told follows the verb: what it tells stands before it."""
    after = verb + 1
    if any(lower[k] == "at" and is_numeral(tokens[k + 1]) for k in range(after, min(after + REACH, len(tokens) - 1))):
        return False  # "a population that the team estimates, from its visits, at 50,000"
    if after >= len(tokens) or tokens[after].text in BREAKS or tokens[after].text == ".":
        return True
    return lower[after] in AFTER_PARTICIPLE | AUX | TIME | {"and", "but"} or is_tensed(tokens, after)


_FRAMES_FROM: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
"""The frames by the word with which they open."""
for _frame in FRAMES:
    _FRAMES_FROM.setdefault(_frame[0][0], []).append(_frame)


def _framed(tokens: Tokens, lower: list[str], n: int, floor: int) -> Found | None:
    """ "1.4 billion if one asks the chamber", "if the rebels are to be believed, the port is theirs"."""
    for opening, closing in _FRAMES_FROM.get(lower[n], ()):
        if lower[n] == "on" and floor:
            continue  # "He put the dead at 500, on the word of officers": he does
        left = n + len(opening)
        if lower[n:left] != list(opening) or left >= len(tokens):
            continue
        if closing:
            head = right = _ends_with(lower, left, closing)
            right += len(closing)
        else:
            head, right = noun_phrase(tokens, left)
            cut = next((k for k in range(left + 1, head) if is_numeral(tokens[k]) and _noun_ends(lower[k - 1])), head)
            head, right = (cut, cut) if cut < head else (head, right)
        if head <= left or not (lower[left] in DETERMINERS or _names(tokens, left, head)):
            continue
        return _around(tokens, left, head, right, n, floor)
    return None


def _ends_with(lower: list[str], left: int, closing: tuple[str, ...]) -> int:
    last = min(left + LONGEST_OWNER, len(lower) - len(closing))
    return next((k for k in range(left + 1, last + 1) if lower[k : k + len(closing)] == list(closing)), left)


def _around(tokens: Tokens, left: int, head: int, right: int, n: int, floor: int) -> Found | None:
    """What stands in the frame's clause: before it, or where it opens the clause, behind it."""
    begin = next((k + 1 for k in range(n - 1, floor - 1, -1) if tokens[k].text in ";:"), floor)
    if n > begin + 1 and tokens[n - 1].lower in OPENS_CLAUSE and tokens[n - 2].text == ",":
        end = next((k for k in range(right, len(tokens)) if tokens[k].text in ",;"), len(tokens))
        return _cue(tokens, left, head, right, right, end, "according")  # "where, by the account of"
    if all(tokens[k].text in BREAKS or tokens[k].lower in OPENERS for k in range(begin, n)):
        end = next((k for k in range(right, len(tokens)) if tokens[k].text == ";"), len(tokens))
        return _cue(tokens, left, head, right, right, end, "according")
    return _cue(tokens, left, head, right, begin, n, "according")


def _bracketed(tokens: Tokens, lower: list[str], n: int, floor: int) -> Found | None:
    """ "Eleven dead (police), or 25 (residents)", "displaced: 670,000 (source: OCHA)"."""
    if tokens[n].text != "(":
        return None
    close = next((k for k in range(n + 2, min(n + LONGEST_OWNER, len(tokens))) if tokens[k].text == ")"), 0)
    sourced = n + 3 < len(tokens) and lower[n + 1] in ("source", "sources") and tokens[n + 2].text == ":"
    left = n + 3 if sourced else n + 1
    if not close or left >= close or any(is_numeral(token) for token in tokens[left:close]):
        close = next((k for k in range(left, close) if tokens[k].text == ","), 0) if sourced else 0
    if not close or has_verb(tokens, left, close):
        return None
    acronym = close - left == 1 and tokens[left].text[1:2].isalpha() and sum(map(str.isupper, tokens[left].text)) > 1
    spelt = n > 1 and tokens[n - 1].text[:1].isupper()  # "the Health Organization (THO)": a name and its letters
    words = lower[left:close]
    body = not BODY_NOUNS.isdisjoint(words) or words == ["civil", "defence"] or words == ["civil", "defense"]
    party = (lower[close - 1] in PARTIES or body) and all(word.text.isalpha() for word in tokens[left:close])
    begin = next((k + 1 for k in range(n - 1, floor - 1, -1) if tokens[k].text in ";)"), floor)
    counted = any(is_numeral(token) for token in tokens[begin:n]) and any(t.text.islower() for t in tokens[begin:n])
    dateline = close + 1 < len(tokens) and tokens[close + 1].text in "—–-"
    if dateline or not counted or not (sourced or party or (acronym and not spelt)):
        return None
    return _cue(tokens, left, close, close, begin, n, "according")


def the_number(tokens: Tokens, n: int) -> int:
    """Where "the 10,000 dead" begins that ends before the token at `n`; 0 where no such number stands there."""
    number = next((k for k in range(n - 1, max(0, n - 4), -1) if is_numeral(tokens[k])), 0)
    if not number or any(tokens[k].lower in AUX for k in range(number, n)):
        return 0
    return next((k for k in range(number, max(0, number - 5), -1) if tokens[k].lower == "the"), 0)


def _given_by(tokens: Tokens, lower: list[str], n: int, floor: int) -> Found | None:
    """ "Nearer to 2,000 than to the 10,000 given by the police": the number alone is theirs."""
    if lower[n] not in GIVEN or n < 2 or n + 2 >= len(tokens) or lower[n + 1] != "by":
        return None
    begin = the_number(tokens, n)
    if begin < floor or not begin:
        return None
    head, _ = noun_phrase(tokens, n + 2)
    ends = SUBORDINATE | PERSON | {"it", "they", "we"}
    head = next((k for k in range(n + 3, head) if is_tensed(tokens, k, n + 2) or lower[k] in ends), head)
    return _cue(tokens, n + 2, head, head, begin, head, "give") if _names(tokens, n + 2, head) else None


def _estimated(tokens: Tokens, lower: list[str], n: int, floor: int) -> Found | None:
    """ "Its garrison, put by diplomats at 9,000, has no bread"."""
    found = estimated_by(tokens, lower, n) if n + 1 < len(tokens) else None
    return _cue(tokens, *found, "estimate") if found is not None and found[3] >= floor else None


def _another(tokens: Tokens, lower: list[str], n: int, floor: int) -> Found | None:
    """ "And 14 by that of the police", "Kyiv's 40": counts of others, whose noun is not said again."""
    found = of_another(tokens, lower, n) if lower[n] == "that" else owned_number(tokens, lower, n)
    return _cue(tokens, *found, "count") if found is not None else None


def _told_thing(tokens: Tokens, lower: list[str], n: int, _floor: int) -> Found | None:
    """ "The army's claim that it holds the port", "a report by the rebels that the bridge is theirs"."""
    brought = lower[n] in BROUGHT and n + 1 < len(tokens) and lower[n + 1] in ("from", "by")
    if not (brought or lower[n] in TOLD_THINGS) or n < 1 or n + 3 >= len(tokens) or not UNTOLD_OF.isdisjoint(lower):
        return None  # who denies a claim, or calls it false, answers for the denial
    mark = next((k for k in range(n - 1, max(0, n - 3), -1) if lower[k] in POSSESSIVE_MARKS), 0)
    that = n + 1
    if mark:
        left, head = _owner_begins(tokens, lower, mark), mark
    else:
        left = n + 2
        reach = range(left + 1, min(left + LONGEST_OWNER, len(tokens)))
        head = that = next((k for k in reach if lower[k] == "that" or tokens[k].text in BREAKS), left)
    if that + 1 < len(tokens) and is_tensed(tokens, that + 1):
        return None  # "a report by his doctor that says he is well"
    if lower[that] != "that" or (not mark and lower[n + 1] not in ("by", "from")) or not _names(tokens, left, head):
        return None
    end = next((k for k in range(that + 1, len(tokens)) if tokens[k].text in BREAKS | {"."}), len(tokens))
    return _cue(tokens, left, head, that + 1, that + 1, end, "claim")


def _comes_from(tokens: Tokens, lower: list[str], n: int, floor: int) -> Found | None:
    """ "The figure of 12,000 comes from the council"."""
    if lower[n] not in SOURCED or n + 2 >= len(tokens) or lower[n + 1] != "from":
        return None
    begin = next((k + 1 for k in range(n - 1, floor - 1, -1) if tokens[k].text in ";:"), floor)
    counted = any(is_numeral(token) for token in tokens[begin:n])
    head, right = noun_phrase(tokens, n + 2)
    if not counted or NUMBERS_OF.isdisjoint(lower[begin:n]) or not _names(tokens, n + 2, head):
        return None
    return _cue(tokens, n + 2, head, right, begin, n, "give")


def _owned_figure(tokens: Tokens, lower: list[str], n: int, _floor: int) -> Found | None:
    """ "The ministry's figure of 60 dead", "the United Nations estimate of 4,000", "the army's toll, 40 dead,"."""
    if (
        lower[n] not in NUMBERS_OF
        or n + 2 >= len(tokens)
        or not (lower[n + 1] in ("of", ",") or is_numeral(tokens[n + 1]))
    ):
        return None
    first = n + 1 if is_numeral(tokens[n + 1]) else n + 2
    number = next(
        (k for k in range(first, min(n + 7, len(tokens))) if is_numeral(tokens[k]) or lower[k] not in QUALIFIERS), 0
    )
    if not number or not is_numeral(tokens[number]):
        return None
    mark = next((k for k in range(n - 1, max(0, n - 4), -1) if lower[k] in POSSESSIVE_MARKS), 0)
    if mark:
        left, head = _owner_begins(tokens, lower, mark), mark
    else:
        head = n
        left = n
        while left > 0 and tokens[left - 1].text[:1].isupper() and tokens[left - 1].text.isalpha():
            left -= 1
        if left and lower[left] not in DETERMINERS and lower[left - 1] in ("the", "a"):
            left -= 1
        if lower[head - 1] in TIME or not (_BODIES.intersection(lower[left:head]) or _letters(tokens[head - 1].text)):
            return None
    if lower[max(0, left - 1)] in ("by", "on") or lower[left] in ("by", "on"):
        return None  # "nine died by the army's count of Monday": the count is of what stands before
    if left >= head or head - left > LONGEST_OWNER or not can_speak(tokens, left, head):
        return None
    if lower[left] in NO_SPEAKER | PERSON | {"it", "they", "that"}:
        return None
    if mark and lower[left] in DETERMINERS and left + 1 < head and not _person_or_body(tokens, left, head):
        return None
    rest = range(number + 1, len(tokens))
    end = next((k for k in rest if tokens[k].text in BREAKS | {"."} or is_tensed(tokens, k)), len(tokens))
    return _cue(tokens, left, head, n + 1, n, end, "give")


def _owner_begins(tokens: Tokens, lower: list[str], mark: int) -> int:
    """Where the owner's name begins that ends before the "'s"."""
    for k in range(mark - 1, max(-1, mark - LONGEST_OWNER), -1):
        if lower[k] in DETERMINERS:
            return k
        if tokens[k].text in BREAKS or lower[k] in AFTER_PARTICIPLE - {"of"} or is_tensed(tokens, k):
            return k + 1
    return max(0, mark - LONGEST_OWNER + 1)


def _letters(word: str) -> bool:
    return word.isupper() and 1 < len(word) < 7


def _person_or_body(tokens: Tokens, left: int, head: int) -> bool:
    """Whether the owner is one who counts: not "the quake's toll of 40", "the town's count of ..."."""
    return any(t.lower in SPEAKERS or t.text[:1].isupper() for t in tokens[left + 1 : head])


_Reader = Callable[[Tokens, list[str], int, int], Found | None]


def _by_word(readers: list[tuple[_Reader, Iterable[str]]]) -> dict[str, list[_Reader]]:
    """What can begin with each of the words, in the order in which it is tried."""
    found: dict[str, list[_Reader]] = {}
    for reader, words in readers:
        for word in words:
            found.setdefault(word, []).append(reader)
    return found


_UNNUMBERED = _by_word([(_framed, _FRAMES_FROM), (_told_thing, TOLD_THINGS | BROUGHT)])
"""What can stand in a sentence without a number."""
_READERS = _by_word(
    [
        (_relative, RELATIVES | OWNERS),
        (_framed, _FRAMES_FROM),
        (_bracketed, ("(",)),
        (_given_by, GIVEN),
        (_estimated, ("by",)),
        (_another, ("that", *POSSESSIVE_MARKS)),
        (_told_thing, TOLD_THINGS | BROUGHT),
        (_comes_from, SOURCED),
        (_owned_figure, NUMBERS_OF),
    ]
)
