"""A sentence into noun phrases, verb groups and the words between them.

There is no grammar here beyond what sits next to each other. Time is linear in the number of tokens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimstream.lexicon.sides import nation
from claimstream.model import Token
from claimstream.reading.rules.tags import HAVE, SIDES, auxiliary, is_title_case, tag
from claimstream.reading.rules.words import clause_words, lexicon


@dataclass(slots=True, init=False)
class Phrase:
    """One chunk: `kind` "np" (noun phrase), "vg" (verb group) or "w" (any other word or mark, in `word`).

    `start` and `end` are token indexes. Of a noun phrase, `word` is the head, `cls` what it is (side, asset, name,
    people, time, pron, own, other), `mods` the words before the head, `owner` the possessor ("the army's").
    Of a verb group, `word` is the lemma, `form` one of fin, part, ger, inf, base; `real` is false under a
    modal; `plural` marks "are", "were" and "have". A noun phrase that ends in "'s" has form "gen".
    """

    kind: str
    start: int
    end: int
    word: str
    cls: str
    det: str
    mods: tuple[str, ...]
    owner: Phrase | None
    head: int
    names: tuple[int, ...]
    form: str
    negated: bool
    real: bool
    passive: bool
    perfect: bool
    aux: str
    plural: bool

    def __init__(  # written out, because what dataclass writes stays Python in a compiled module
        self,
        kind: str,
        start: int,
        end: int,
        word: str,
        cls: str = "",
        det: str = "",
        mods: tuple[str, ...] = (),
        owner: Phrase | None = None,
        head: int = 0,
        names: tuple[int, ...] = (),
        form: str = "",
        negated: bool = False,
        real: bool = True,
        passive: bool = False,
        perfect: bool = False,
        aux: str = "",
        plural: bool = False,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.word = word
        self.cls = cls
        self.det = det
        self.mods = mods
        self.owner = owner
        self.head = head
        self.names = names
        self.form = form
        self.negated = negated
        self.real = real
        self.passive = passive
        self.perfect = perfect
        self.aux = aux
        self.plural = plural


def chunk(tokens: tuple[Token, ...], kinds: Mapping[int, str] | None = None) -> list[Phrase]:
    """The phrases of a sentence in order. Quotation marks and what stands in short brackets are passed over."""
    kinds = kinds or {}
    tags = tag(tokens, kinds)
    phrases: list[Phrase] = []
    i, count = 0, len(tokens)
    listed_to = -1
    while i < count:
        now = tags[i]
        if now == '"':
            i += 1
        elif now == "(":
            names = _names_in_bracket(tags, i) if phrases and phrases[-1].plural else 0
            phrases += [Phrase("w", i, i + 1, ",", cls=",")] if names else []
            listed_to = _after_bracket(tags, i) - 1 if names else listed_to
            i = i + 1 if names else _after_bracket(tags, i)
        elif i == listed_to:
            phrases.append(Phrase("w", i, i + 1, ",", cls=","))
            i += 1
        elif now in "DQJNCs" or (now in "PO"):
            i = _noun_phrase(tokens, tags, i, kinds, phrases)
        elif now in "MAXVT":
            i = _verb_group(tokens, tags, i, phrases)
        else:
            phrases.append(Phrase("w", i, i + 1, tokens[i].lower, cls=now))
            i += 1
    _join_verbs(phrases)
    return phrases


_PAIRED = frozenset("north south east west northeast northwest southeast southwest".split())
_RELATIVE = clause_words("before_times")
"""What a time may begin with that no name ends with."""
_PLURAL = frozenset("are were have aren't weren't haven't".split())
_LINKS = frozenset("across without beyond against".split())
"""Prepositions that the names of organisations hold, with a capital."""
_TOLD = frozenset(
    "claim claims announcement announcements report reports assertion assertions statement statements boast".split()
)
"""Nouns of what is told, of which the adjective of a people before them says who tells it."""
_MARKED = frozenset("kilometre kilometer km mile".split())
"""Nouns that a number behind them makes the name of a point of a road."""
_MORE = frozenset("only just merely simply".split())
_LISTENERS = frozenset("reporters journalists lawmakers deputies parliament listeners viewers".split())
_WAY_STATES = frozenset("open closed shut impassable passable blocked usable interrupted".split())
_ASIDES = clause_words("asides")
"""Nouns of asides between an auxiliary and its verb: "has in effect been closed"."""


def _join_verbs(phrases: list[Phrase]) -> None:
    """ "Had at dawn taken": an auxiliary that a time of day parts from its verb is joined with it."""
    for k in range(len(phrases) - 3):
        first = phrases[k]
        opened = phrases[k + 1].cls in ("I", "T", "R", "time")
        if first.kind != "vg" or first.word not in ("have", "be") or not opened:
            continue
        end = k + 1
        timed = False
        while end < min(len(phrases) - 1, k + 8):
            phrase = phrases[end]
            aside = phrase.cls == "time" or phrase.word in _ASIDES
            timed = timed or aside
            if not aside and not (phrase.kind == "w" and phrase.cls in "ITR"):
                break
            end += 1
        verb = phrases[end]
        joined = timed and verb.kind == "vg" and verb.form != "inf"
        if joined and (not verb.aux or (first.word == "have" and verb.passive and verb.aux == "be")):
            done = first.word == "be" and verb.form != "ger"
            verb.passive, verb.perfect = done or verb.passive, first.word == "have"
            verb.negated, verb.real, verb.aux, verb.form = first.negated, first.real, first.word, "fin"
            first.kind, first.cls = "w", "R"


def _after_bracket(tags: list[str], i: int) -> int:
    for j in range(i + 1, min(i + 16, len(tags))):
        if tags[j] == ")":
            return j + 1
    return i + 1


def _names_in_bracket(tags: list[str], i: int) -> bool:
    """Whether the bracket that opens at `i` holds a list of names: "four villages (A, B, C and D)"."""
    end = _after_bracket(tags, i) - 1
    inner = tags[i + 1 : end]
    return "K" in inner and inner[0] == "C" and all(tag in "CN,K" for tag in inner)


def _noun_phrase(
    tokens: tuple[Token, ...], tags: list[str], start: int, kinds: Mapping[int, str], phrases: list[Phrase]
) -> int:
    """Append the noun phrase that begins at `start`; the index after it."""
    count = len(tokens)
    low = tokens[start].lower
    if tags[start] in "PO":
        cls = "own" if tags[start] == "O" else "pron"
        plural = low in ("they", "them", "we", "us", "those")
        phrases.append(Phrase("np", start, start + 1, low, cls=cls, head=start, plural=plural))
        return start + 1
    owner: Phrase | None = None
    first = i = start
    words: list[int] = []
    genitive = False
    while i < count:
        now = tags[i]
        if now == "(" and words and tokens[words[-1]].text[0].isupper():
            follow = _after_bracket(tags, i)
            if follow >= count or tags[follow] != "N":
                break
            i = follow  # "People's Army (PA) camps"
        elif now == "s":
            genitive = not (words and i + 1 < count and tags[i + 1] in 'QJNC"V')
            if genitive:
                i += 1
                break
            owner = _made(tokens, tags, first, i, words, owner, kinds)
            first, words = i + 1, []
            i += 1
        elif now in "DQJNC":
            if words and _breaks(tokens, tags, words[-1], i):
                break
            words.append(i)
            i += 1
        elif now == '"' or (
            words and (_links(tokens, tags, words[-1], i) or _dashed(tokens, tags, i) or _ends_of_way(tokens, tags, i))
        ):
            i += 1
        else:
            break
    if not words:
        phrases.append(Phrase("w", start, max(i, start + 1), low, cls="~"))
        return max(i, start + 1)
    told = len(words) > 1 and tokens[words[-1]].lower in _TOLD and tags[words[-2]] == "C"
    if told and owner is None and nation(tokens[words[-2]].text):
        owner = _made(tokens, tags, first, words[-2] + 1, words[:-1], None, kinds)  # "the Norland claim to hold it"
        first, words = words[-1], words[-1:]
    made = _made(tokens, tags, first, i, words, owner, kinds)
    made.form = "gen" if genitive else ""
    phrases.append(made)
    return i


def _dashed(tokens: tuple[Token, ...], tags: list[str], i: int) -> bool:
    """Whether a dash without spaces joins two names: "the Belen–Sarab road"."""
    if tags[i] != "-" or not 0 < i < len(tokens) - 1 or tags[i + 1] not in "CN" or tags[i - 1] != "C":
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    return before.end == tokens[i].start and tokens[i].end == after.start and after.text[0].isupper()


def _ends_of_way(tokens: tuple[Token, ...], tags: list[str], i: int) -> bool:
    """Whether a dash joins the two ends of a way named before them: "the road Belen - Sarab"."""
    ends = tags[i] == "-" and 1 < i < len(tokens) - 1 and tags[i + 1] == tags[i - 1] == "C"
    return ends and _way(tokens[i - 2])


def _way(token: Token) -> bool:
    return token.text.islower() and "route" in lexicon().assets.get(token.lower, ())


def _way_of(tokens: tuple[Token, ...], words: list[int]) -> int:
    """The noun of a way whose two ends stand behind it, "the road Belen-Sarab"; -1 for another noun phrase."""
    last = words[-1]
    noun = words[-2] if len(words) > 1 and "-" in tokens[last].text else words[-3] if len(words) > 2 else -1
    dashed = noun >= 0 and ("-" in tokens[last].text or tokens[last - 1].text in ("-", "–", "—"))
    return noun if dashed and tokens[last].text[0].isupper() and _way(tokens[noun]) else -1


def _links(tokens: tuple[Token, ...], tags: list[str], last: int, i: int) -> bool:
    """Whether the word joins two members of one phrase: "60 to 70 per cent", "southern and eastern districts"."""
    after = tags[i + 1] if i + 1 < len(tags) else ""
    if tags[i] == "T":
        return tags[last] == "Q" and after == "Q"
    paired = after == "N" and tokens[i + 1].lower in _PAIRED  # "the north and east of Belen"
    return tags[i] in "K," and tags[last] == "J" and (after == "J" or paired) and tokens[i].lower in ("and", "or", ",")


def _breaks(tokens: tuple[Token, ...], tags: list[str], last: int, i: int) -> bool:
    """Whether a new noun phrase begins with token `i`, after `last` ("on Sunday | rebels", "in Belen | two months")."""
    lex = lexicon()
    now, low = tags[i], tokens[i].lower
    before, word = tags[last], tokens[last].lower
    if now == "D" and (word not in ("all", "both", "half", "such", "many", "quite") or before == "N"):
        return True
    if now == "C" and word in _LISTENERS and last and tags[last - 1] == "V":
        return True  # "told reporters | Belen is calm"
    if before == "C" and low in ("security", "order", "calm") and tags[i + 1 : i + 2] == ["A"]:
        return True  # "in Belen | security has been restored"
    if now == "N" and before in "CN" and low in ("false", "untrue", "baseless", "unfounded", "wrong", "nonsense"):
        return True  # "called reports that it had lost Belen | false"
    if now == "J" and before == "N" and i + 1 < len(tags) and tags[i + 1] == "I":
        return True  # "camps | located in"
    if before in "NC" and low in _RELATIVE and i + 1 < len(tokens) and tokens[i + 1].lower in lex.times:
        return True  # "in Belen | last week"
    is_time, was_time = low in lex.times and now != "C", word in lex.times
    if is_time and before in "NC" and not was_time:
        return True
    if was_time and not is_time and before == "N" and (not tokens[i].text.isdigit() or word.endswith("s")):
        return True
    numbered = now == "N" and before == "Q" and word.isdigit() and low not in lex.assets and last > 0
    if numbered and tokens[last - 1].text[0].isupper() and "route" in lex.assets.get(tokens[last - 1].lower, ()):
        return True  # "on Route 2 | traffic"
    stated = before == "Q" and word.isdigit() and low in _WAY_STATES and last > 0
    if stated and "route" in lex.assets.get(tokens[last - 1].lower, ()):
        return True  # "provincial road 20 | closed"
    if now == "Q" and word in _MARKED and tokens[i].text.isdigit():
        return False  # "at kilometre 12"
    if now == "Q" and before == "C" and i + 1 < len(tokens) and tokens[i + 1].lower in ("per", "percent", "%"):
        return True  # "controls Belen | 100 per cent"
    if now == "Q" and before == "C":
        return not tokens[i].text[0].isdigit()
    follow = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    counts = follow in lex.actors or follow in lex.people or follow in lex.times  # "the ministry | 150 terrorists"
    return now == "Q" and before == "N" and not was_time and (word not in lex.assets or counts)


def _made(
    tokens: tuple[Token, ...],
    tags: list[str],
    first: int,
    end: int,
    words: list[int],
    owner: Phrase | None,
    kinds: Mapping[int, str],
) -> Phrase:
    lex = lexicon()
    head = words[-1]
    if (
        tags[head] == "Q"
        and len(words) > 1
        and tokens[words[-2]].lower not in lex.times
        and tokens[head].text.isdigit()
    ):
        head = words[-2]
    elif tags[head] == "C":
        way = _way_of(tokens, words)
        head = way if way >= 0 else head
    low = tokens[head].lower
    names = tuple([w for w in words if tags[w] == "C"])
    det = tokens[words[0]].lower if tags[words[0]] in "DQ" else ""
    mods = tuple([tokens[w].lower for w in words if w != head])
    if (
        tokens[head].text[0].isupper()
        and low not in lex.people
        and not lex.people.isdisjoint(mods)
        and low not in lex.assets
    ):
        cls = "people"
    elif tags[head] == "Q" and len(words) > 1 and tokens[words[-2]].lower in lex.times:
        cls = "time"  # "April 2000"
    elif low == "tv":
        cls = "people"  # "state TV" speaks, and holds nothing
    elif kinds.get(head) in SIDES or (tokens[head].text[0].isupper() and _organisation(tokens, words, low)):
        cls = "side"
    elif low in lex.times or (low[0].isdigit() and low[-2:] in ("th", "st", "nd", "rd")):
        cls = "time"
    elif tags[head] == "C":
        cls = "people" if low in lex.people or not lex.people.isdisjoint(mods) else "name"
    elif low in lex.actors and not _is_deed(tokens, head):
        cls = "side"
    elif low in lex.assets:
        crossing = tokens[head].text[0].isupper() and any(tokens[w].lower in _LINKS for w in names)
        cls = "people" if crossing else "asset"  # "Doctors Across Borders" is no border
    elif low in lex.people:
        cls = "people"
    elif tags[head] == "Q" or low in lex.shares or low in ("both", "each", "neither"):
        cls = "share"
    else:
        cls = "other"
    plural = (low.endswith("s") and not low.endswith("ss")) or low.endswith("men")
    start = owner.start if owner else first
    return Phrase("np", start, words[-1] + 1, low, cls, det, mods, owner, head, names, plural=plural)


def _is_deed(tokens: tuple[Token, ...], head: int) -> bool:
    """ "The occupation of the town", and not "the occupation closed the gate"."""
    return tokens[head].lower == "occupation" and head + 1 < len(tokens) and tokens[head + 1].lower == "of"


def _organisation(tokens: tuple[Token, ...], words: Sequence[int], head: str) -> bool:
    """Whether a common noun with a capital names an organisation: "the Zenna Front", "the Front"."""
    lex = lexicon()
    if head not in lex.organised or is_title_case(tokens):
        return False
    mods = [tokens[w].lower for w in words[:-1]]
    return head != "front" or not any(m in ("eastern", "western", "central") for m in mods)


def _verb_group(tokens: tuple[Token, ...], tags: list[str], start: int, phrases: list[Phrase]) -> int:
    """Append the verb group that begins at `start`, or the lone words before it; the index after it."""
    lex = lexicon()
    i, count = start, len(tokens)
    aux: list[str] = []
    real, negated, infinitive = True, False, False
    main = -1
    last = start
    while i < count:
        now, low = tags[i], tokens[i].lower
        if now == '"':
            i += 1
            continue
        if now == "T":
            if i > start:
                break
            infinitive = True
        elif now == "M":
            real = real and low.removesuffix("n't") not in lex.unreal and low not in ("won't",)
            negated = negated or low == "cannot" or low.endswith("n't")
            aux.append("could" if low.startswith("could") else "can" if low[:2] == "ca" else "modal")
        elif now == "X":
            more = i + 1 < count and tokens[i + 1].lower in _MORE  # "not only took the town but"
            negated = negated or (low in lex.negations and not (low == "not" and more))
        elif now == "A":
            negated = negated or low.endswith("n't")
            aux.append(auxiliary(tokens, i))
            main = i
        elif now == "R":
            if i == start:
                break
            real = real and low not in ("almost", "nearly") and not (low == "but" and "be" not in aux)
        elif now == "V":
            main = i
            last = i + 1
            break
        elif (
            now == "P"
            and low in ("i", "you", "he", "she", "it", "we", "they")
            and i == start + 1
            and tags[start] in "AM"
            and not _had_it(tokens, tags, i)
        ):
            if (
                low in ("they", "we") and phrases and phrases[-1].word in ("nor", "neither")
            ):  # "nor have they taken it": nor they have taken it
                phrases.append(Phrase("np", i, i + 1, low, cls="pron", head=i, plural=True))
        else:
            break
        last = i + 1 if now != "R" else last
        i += 1
    if main < 0:
        cls = tags[start]
        phrases.append(Phrase("w", start, start + 1, tokens[start].lower, cls=cls))
        return start + 1
    phrases.append(_verb(tokens, tags, start, last, main, aux, real, negated, infinitive))
    return last


def _had_it(tokens: tuple[Token, ...], tags: list[str], i: int) -> bool:
    """Whether the pronoun at `i` is the object of "have": "had it in its hands", not "had it fallen"."""
    return tokens[i - 1].lower in HAVE and tags[i + 1 : i + 2] not in (["V"], ["A"], ["R"], ["X"])


def _verb(
    tokens: tuple[Token, ...],
    tags: list[str],
    start: int,
    end: int,
    main: int,
    aux: list[str],
    real: bool,
    negated: bool,
    infinitive: bool,
) -> Phrase:
    lex = lexicon()
    low = tokens[main].lower
    if tags[main] == "A":
        low = low.removesuffix("n't")
        lemma = auxiliary(tokens, main)
        aux = aux[:-1] if aux else aux
        letters = "g" if low in ("being", "having", "doing") else "d"
    else:
        known = lex.verbs.get(low)
        lemma = known.lemma if known else low
        letters = known.forms if known else "dn" if low.endswith("ed") else "g" if low.endswith("ing") else "b"
    passive = bool(aux) and aux[-1] == "be" and "n" in letters
    perfect = "have" in aux
    if infinitive:
        form = "inf"
    elif (not aux and letters == "g") or (aux and tokens[start].lower in ("being", "having")):
        form = "ger"
    elif not aux and letters == "n":
        form = "part"
    elif not aux and letters == "b":
        form = "base"
    else:
        form = "fin"
    made = Phrase("vg", start, end, lemma, head=main, mods=(low,), form=form, negated=negated, real=real)
    made.passive, made.perfect, made.aux = passive, perfect, aux[0] if aux else ""
    made.plural = tokens[start].lower in _PLURAL
    return made
