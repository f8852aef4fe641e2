"""Sentences that answer the one before: "The army denied it", "So is Belen", "Sarab too", "Not so, says the mayor".

They say nothing by themselves; what they say is taken from the claims of the sentence that they answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimstream.lexicon import load
from claimstream.model import Holds, StateMention, Token
from claimstream.reading.rules.assets import Named, name_asset, name_side
from claimstream.reading.rules.clauses import Item, moods
from claimstream.reading.rules.engine import Reader
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import clause_words, listed

_SHORT = 18
"""Words that an elliptic sentence has at most."""
_CUES = clause_words("replies")
_NOTHING = load("clauses")["words"]["nothing_of_it"].split("|")
_ECHOING = frozenset(("be", "do", "have", "remain"))
_TRUE = frozenset("true so correct right accurate".split())
_ALSO = frozenset("too also likewise".split())
_SLOTS = {"control": "asset", "siege": "place", "route": "road"}
"""What the same can be said of, by what the sentence before says."""
_BE = ("is", "are", "was", "were")
_LOSING = frozenset("loss losses withdrawal retreat pullout".split())
_POINTING = frozenset("that this it these those they".split())


def may_reply(tokens: tuple[Token, ...]) -> bool:
    """Whether a sentence of these words could answer the one before without a verb of its own."""
    if len(tokens) > _SHORT:
        return False
    words = {token.lower for token in tokens}
    return not (_CUES.isdisjoint(words) and moods()["telling untrue"].isdisjoint(words))


def answered(reader: Reader, before: Sequence[StateMention]) -> list[StateMention]:
    """ "The ministry denied it", "the army confirmed the loss": the claims before, turned round or confirmed."""
    verb = reader.phrases[reader.answer_at]
    start, end = reader.tokens[verb.start].start, reader.tokens[verb.end - 1].end
    lost = _lost(reader, before) if reader.answer == "confirm" else []
    return [replace(one, start=start, end=end) for one in lost] or _turned(before, reader.answer, start, end)


def _lost(reader: Reader, before: Sequence[StateMention]) -> list[StateMention]:
    """What those who confirm "the loss" say that they have lost; empty where they speak of something else."""
    follow = reader.phrases[reader.answer_at + 1 : reader.answer_at + 2]
    told = [m for m in before if m.kind == "control" and m.holds in ("yes", "no") and not (m.passing or m.denial)]
    if not follow or follow[0].word not in _LOSING or not told:
        return []
    losses = [m for m in told if m.holds == "no"]
    if losses:
        return [replace(one, rule="confirm it") for one in losses]
    loser = next((at for at in reader.clauses.subject(reader.answer_at) if reader.is_armed(at)), -1)
    if loser < 0:
        return []
    side = name_side(reader.clauses, reader.tokens, loser)
    side = "government" if side.split()[-1].lower() in listed("offices") else side
    return [replace(one, side=side, holds="no", rule="confirm it") for one in told]


def to_question(mode: str, told: Sequence[StateMention], reader: Reader) -> list[StateMention]:
    """What a sentence says that answers the question before it with yes, no or the name of a side."""
    start, end = reader.tokens[0].start, reader.tokens[-1].end
    if mode != "name":
        return _turned(told, mode, start, end)
    at = next((k for k, phrase in enumerate(reader.phrases) if phrase.kind == "np"), -1)
    follow = reader.phrases[at + 1 : at + 2]
    named = bool(follow) and (follow[0].word == "do" or (follow[0].kind == "w" and follow[0].cls in ",.;:"))
    if at < 0 or at > 1 or not named or reader.phrases[at].cls == "pron" or not reader.is_armed(at):
        return []
    side = name_side(reader.clauses, reader.tokens, at)
    flipped = follow[0].kind == "vg" and follow[0].negated
    return [
        replace(
            one, side=side, holds=_opposite(one.holds) if flipped else one.holds, start=start, end=end, resolved=True
        )
        for one in told
        if one.kind == "control" and one.holds != "contested"
    ]


def goes_on_listing(tokens: tuple[Token, ...]) -> bool:
    """Whether a sentence says which of several places those are: "Among them are Belen and Darin"."""
    low = tuple(token.lower for token in tokens[:3])
    return low in _AMONG or low[:2] in _INCLUDE


_AMONG = frozenset((a, b, c) for a in ("among", "amongst") for b in ("them", "these") for c in _BE)
_INCLUDE = frozenset((a, b) for a in ("they", "these", "those") for b in ("include", "included", "are", "were"))


def listed_on(reader: Reader, before: Sequence[StateMention]) -> list[StateMention]:
    """The places that such a sentence names, held as the "villages" of the one before are."""
    told = [m for m in before if m.kind == "control" and m.holds != "contested" and not (m.passing or m.denial)]
    told = [m for m in told if m.asset.split()[0].islower() and any(w.endswith("s") for w in m.asset.split()[:3])]
    verb = next((k for k, phrase in enumerate(reader.phrases[:4]) if phrase.kind == "vg"), -1)
    if not told or verb < 0 or verb + 1 >= len(reader.phrases) or reader.phrases[verb + 1].cls != "name":
        return []
    made: list[StateMention] = []
    for item in reader.clauses.items(verb + 1):
        named = name_asset(reader.clauses, reader.tokens, item)
        if reader.phrases[item.at].cls != "name" or named is None or reader.is_armed(item.at):
            break
        start, end = reader.tokens[named.first].start, reader.tokens[named.last - 1].end
        made += [replace(m, asset=named.text, place=named.place, extent="all", start=start, end=end) for m in told[:1]]
    return made


def replied(reader: Reader, before: Sequence[StateMention]) -> list[StateMention]:
    """What an elliptic sentence says: "So is Belen", "Sarab too", "The port is not", "Not true, the army said"."""
    if len(reader.tokens) > _SHORT or not before:
        return []
    start, end = reader.tokens[0].start, reader.tokens[-1].end
    if _refuses(reader) or _is_not(reader) or _nothing_of_it(reader):
        return _turned(before, "deny", start, end)
    at, flipped = _left_over(reader)
    if at < 0:
        return []
    told = [m for m in before if not m.passing and m.holds != "contested"]
    if not told:
        return []
    model_kind, held = told[-1].kind, [m for m in told if m.kind == "control"]
    made: list[StateMention] = []
    for item in reader.clauses.items(at):
        armed = bool(held) and reader.is_armed(item.at)
        place = reader.accepts(reader.clauses, item, _SLOTS[model_kind])
        if not armed and not place:
            break
        named = _named(reader, item, model_kind) if place and not armed else None
        side = name_side(reader.clauses, reader.tokens, item.at) if armed else ""
        for model in held if armed else [m for m in told if (m.asset, m.rule) == (told[-1].asset, told[-1].rule)]:
            holds = _opposite(model.holds) if flipped else model.holds
            new = replace(model, holds=holds, start=start, end=end, denial=False)
            if armed:
                made.append(replace(new, side=side))
            elif named is not None and named.text and not named.pron:
                made.append(replace(new, asset=named.text, place=named.place, extent="all"))
    return made


def _named(reader: Reader, item: Item, kind: str) -> Named | None:
    return reader.named_way(item) if kind == "route" else name_asset(reader.clauses, reader.tokens, item)


def _opposite(holds: Holds) -> Holds:
    return "no" if holds == "yes" else "yes"


def _turned(before: Sequence[StateMention], answer: str, start: int, end: int) -> list[StateMention]:
    """The claims told before, denied or confirmed: those that somebody holds a place, else those that he does not."""
    told = [m for m in before if not (m.passing or m.background) and m.holds != "contested"]
    if answer == "affirm":  # "the rebels insist that it has", where it was denied or told already
        return [replace(one, holds="yes", rule="affirm it", denial=False, start=start, end=end) for one in told]
    told = [m for m in told if not m.denial]
    told = [m for m in told if m.holds == "yes"] or told
    if answer == "deny" and len({(m.rule, m.side) for m in told}) > 1:
        return []  # who denies several things at once goes on to say which
    made: list[StateMention] = []
    for one in told:
        holds = _opposite(one.holds) if answer == "deny" else one.holds
        made.append(replace(one, holds=holds, rule=f"{answer} it", denial=answer == "deny", start=start, end=end))
    return made


def _refuses(reader: Reader) -> bool:
    """ "That is a lie", "Not so, says the army", "This is not true": whether the one before is called untrue."""
    phrases = [p for p in reader.phrases if not (p.kind == "w" and p.cls in "RK~-")]
    untrue = moods()["telling untrue"]
    if len(phrases) < 2:
        return bool(phrases) and phrases[0].word in untrue
    first, second = phrases[0], phrases[1]
    if first.kind == "vg" and first.mods[-1:] == ("lies",) and any(p.word in moods()["saying verbs"] for p in phrases):
        return True  # "Lies," said the mayor
    if first.cls == "X" and first.word == "not":
        if len(reader.phrases) > 2 and reader.phrases[1].word == "so" and reader.phrases[2].kind == "np":
            return False  # "not so the port"
        return second.word in _TRUE or any(p.word in _TRUE for p in reader.phrases[:3])
    if first.word in untrue and second.kind == "w":
        return True
    told = first.word in _POINTING or first.word in moods()["telling nouns"]
    if not told or second.kind != "vg" or second.word != "be" or len(phrases) < 3:
        return False
    third = phrases[2]
    if len(phrases) > 3 and phrases[3].word == "that":
        return False  # "it is not true that we ran"
    if second.negated:
        return third.word in _TRUE
    return third.word in untrue or not untrue.isdisjoint(third.mods)


def _nothing_of_it(reader: Reader) -> bool:
    """ "Nothing of the sort has happened", "there is no truth in it", "drivers beg to differ"."""
    said = " ".join(token.lower for token in reader.tokens)
    return any(words in said for words in _NOTHING)


def _is_not(reader: Reader) -> bool:
    """ "It is not, drivers say", "They have not, the army said"."""
    phrases, at = reader.phrases, 0
    while at < len(phrases) and phrases[at].cls in ("I", "time", ",", "R"):
        at += 1  # "on Tuesday it was not"
    if at + 1 >= len(phrases) or phrases[at].word not in _POINTING:
        return False
    return _echo(phrases[at + 1]) and phrases[at + 1].negated and _over(phrases, at + 2)


def _left_over(reader: Reader) -> tuple[int, bool]:
    """Where the noun phrase of an elliptic sentence begins, and whether it says the contrary; -1 for others."""
    phrases = reader.phrases
    at = 0
    while at < len(phrases) and phrases[at].kind == "w" and phrases[at].cls in "KR~-," and phrases[at].word not in (
        "so", "nor", "as",
    ):  # fmt: skip
        at += 1
    if at + 1 >= len(phrases):
        return -1, False
    first = phrases[at]
    if first.word in ("so", "nor", "as", "neither") and first.kind == "w":
        verb = at + 1
        while verb < len(phrases) and phrases[verb].kind == "w" and phrases[verb].cls in "R,":
            verb += 1
        inverted = verb + 1 < len(phrases) and _echo(phrases[verb]) and phrases[verb + 1].kind == "np"
        return (verb + 1, False) if inverted and _closes(reader, verb + 1) else (-1, False)
    if first.kind == "w" and first.word == "not":
        at += 1 + (phrases[at + 1].word == "so")
        return (at, True) if at < len(phrases) and phrases[at].kind == "np" and _closes(reader, at) else (-1, False)
    if first.kind != "np" or first.cls == "time":
        return -1, False
    end = reader.clauses.items(at)[-1].end
    if first.word == "same" and end < len(phrases):
        return _same(reader, end)
    if "same" in first.mods and first.word in ("goes", "applies", "holds", "went", "applied"):
        return _same(reader, at + 1)
    while end < len(phrases) and phrases[end].word == ",":
        end += 1
    if end < len(phrases) and _also(phrases, end):
        return (at, False) if _over(phrases, end + 1 + (phrases[end].word == "as")) else (-1, False)
    while end < len(phrases) and phrases[end].kind == "w" and phrases[end].cls == "R":
        end += 1
    if end < len(phrases) and phrases[end].kind == "vg" and reader.same_way(end):
        return at, False
    if end < len(phrases) and _echo(phrases[end]):
        also = end + 1 < len(phrases) and _also(phrases, end + 1)
        if (also or phrases[end].negated) and _over(phrases, end + 1 + also):
            return at, phrases[end].negated
    return -1, False


def _same(reader: Reader, verb: int) -> tuple[int, bool]:
    """ "The same is true of Belen", "the same goes for Belen"."""
    for at in range(verb, min(verb + 4, len(reader.phrases) - 1)):
        if reader.phrases[at].word in ("of", "for", "to", "in", "at"):
            return (at + 1, False) if reader.phrases[at + 1].kind == "np" else (-1, False)
    return -1, False


def _echo(phrase: Phrase) -> bool:
    return phrase.kind == "vg" and phrase.word in _ECHOING and phrase.real


def _also(phrases: list[Phrase], at: int) -> bool:
    well = phrases[at].word == "as" and at + 1 < len(phrases) and phrases[at + 1].word == "well"
    return well or phrases[at].word in _ALSO


def _closes(reader: Reader, at: int) -> bool:
    return _over(reader.phrases, reader.clauses.items(at)[-1].end)


def _over(phrases: list[Phrase], at: int) -> bool:
    """Whether the sentence ends at phrase `at`, but for times and for who says so."""
    while at < len(phrases) and phrases[at].cls in ("R", "time", "I", "S"):
        at += 1
    if at >= len(phrases) or (phrases[at].kind == "w" and phrases[at].cls == "."):
        return True
    if phrases[at].word == ":" and at + 2 < len(phrases):
        return True
    told = phrases[at].word == "," and at + 1 < len(phrases)
    if told and phrases[at + 1].word in ("where", "which"):
        return True  # "not so the port, where the army holds out"
    return told and any(p.kind == "vg" and p.word in moods()["saying verbs"] for p in phrases[at + 1 :])
