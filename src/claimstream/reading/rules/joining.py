"""Lists told in other words put plainly: "A as well as B", "A, and with it B", "first A and then B" are "A and B".

Each walk is made only where the word stands that the turn cannot do without, and joins places alone: "the army, along
with its allies," stays as it is.
"""

from __future__ import annotations

from dataclasses import replace

from claimstream.reading.rules.attachment import moods
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import lexicon

_BESIDES = frozenset(("besides", "addition", "well"))
_ALSO = (("besides",), ("in", "addition", "to"), ("as", "well", "as"))
_FOLLOWING = frozenset("of from to by in on after under".split())
"""What may go on behind a list that stands between commas."""
_SPAN = 20
_TOTAL = frozenset("all whole everything entire".split())
_SECTORS = frozenset("defence defense security public order safety law-enforcement intelligence armed".split())
_PLACES = frozenset(("name", "asset", "share"))
_ADDING = tuple(
    tuple(words.split())
    for words in (
        "as well as",
        "like",
        "along with",
        "together with",
        "and with it",
        "and with them",
        "with it",
        "and also",
        "and then",
        "and later",
        "and finally",
        "and lastly",
        "and before it",
        "and after it",
        "and even",
        "and now",
        "then",
        "plus",
    )
)
"""Words that join one more place, the longer before the shorter."""
_OPENERS = frozenset(words[0] for words in _ADDING)
_ADDERS = frozenset(words[0] for words in _ADDING if words[0] != "and") | {"also", "later", "even", "now"}


def joined(phrases: list[Phrase], said: set[str]) -> list[Phrase]:
    """The phrases with each list told plainly; `said` holds the words of the sentence."""
    if "only" in said or "just" in said:
        phrases = _not_only(phrases)
    if "nor" in said:
        phrases = _neither_nor(phrases)
    phrases = _such_as(phrases) if "such" in said else phrases
    phrases = _among_them(phrases) if "among" in said else phrases
    phrases = _named_apart(phrases)
    if not _ADDERS.isdisjoint(said) or "finally" in said or "it" in said:
        phrases = _added(phrases)
    if not _SECTORS.isdisjoint(said):
        phrases = _defence_and_security(phrases)
    phrases = _gapped(phrases)
    if "each" in said or "both" in said:
        phrases = _each_of_two(phrases)
    if "save" in said or "but" in said:
        phrases = _excepting(phrases)
    if not _BESIDES.isdisjoint(said):
        phrases = _besides(phrases)
    if "which" in said:
        phrases = _part_of_which(phrases)
    if "which" in said or "where" in said or "who" in said:
        phrases = _relative_last(phrases)
    return phrases


def _each_of_two(phrases: list[Phrase]) -> list[Phrase]:
    """ "Rebels, army each hold half", as headlines have it: rebels and army each hold half."""
    if len(phrases) < 5 or phrases[1].word != "," or phrases[3].word not in ("each", "both"):
        return phrases
    two = phrases[0].cls in ("side", "name") and phrases[2].cls in ("side", "name")
    return [phrases[0], _and(phrases[1]), *phrases[2:]] if two and phrases[4].kind == "vg" else phrases


def _defence_and_security(phrases: list[Phrase]) -> list[Phrase]:
    """ "The defence and security forces" are one side, though two words of theirs are joined."""
    for at in range(len(phrases) - 2):
        first, link, last = phrases[at : at + 3]
        joint = first.word in _SECTORS and first.cls == "other" and link.cls == "K" and last.cls == "side"
        if joint and first.kind == "np" and not last.det and _SECTORS.intersection(last.mods):
            whole = replace(last, start=first.start, det=first.det, mods=(*first.mods, *last.mods), owner=first.owner)
            return [*phrases[:at], whole, *phrases[at + 3 :]]
    return phrases


def _is_place(phrase: Phrase) -> bool:
    return phrase.kind == "np" and phrase.cls in _PLACES


def _mark(phrase: Phrase) -> bool:
    return phrase.kind == "w" and phrase.cls in (",", "-")


def _and(phrase: Phrase) -> Phrase:
    return replace(phrase, word="and", cls="K")


def _added(phrases: list[Phrase]) -> list[Phrase]:
    """ "A, as well as B, is lost": A and B is lost."""
    at = 1
    while at < len(phrases) - 1:
        begin = at + 1 if _mark(phrases[at]) else at
        length = _adding(phrases, begin)
        after = begin + length
        before = phrases[_without_time(phrases, at) - 1]
        if not length or not _is_place(before) or after >= len(phrases):
            at += 1
            continue
        after += (
            _mark(phrases[after]) and after + 1 < len(phrases) and phrases[begin].cls == "K"
        )  # "and then, the port"
        led = phrases[after].word == "of" and after + 1 < len(phrases)
        if not _is_place(phrases[after + led]):
            at += 1
            continue
        rest = phrases[after + led :]
        kept = begin if begin > at and _closes(phrases, at) else at
        if begin > kept:
            end = _list_end(rest)
            if end < len(rest) and rest[end].word == phrases[at].word and end + 1 < len(rest):
                follow = rest[end + 1]
                if (follow.kind == "vg" and _of_subjects(phrases, at)) or follow.word in ("of", "by", "from"):
                    rest = [*rest[:end], *rest[end + 1 :]]
        phrases = [*phrases[:kept], _and(phrases[begin]), *rest]
        at += 2
    return phrases


def _without_time(phrases: list[Phrase], at: int) -> int:
    """The index behind what stands before a time that ends at `at`: "Belen on Monday"."""
    end = at - 1
    while end > 1 and phrases[at - 1].cls == "time" and phrases[end - 1].kind == "w" and phrases[end - 1].cls in "IST":
        end -= 1
    return end if phrases[at - 1].cls == "time" else at


def _of_subjects(phrases: list[Phrase], at: int) -> bool:
    """Whether the place before `at` begins a clause: no verb but one of saying stands before it there."""
    for n in range(at - 1, -1, -1):
        if phrases[n].kind == "vg":
            return phrases[n].word in moods()["saying verbs"]
        if phrases[n].kind == "w" and phrases[n].cls in ";:SW":
            return True
    return True


def _closes(phrases: list[Phrase], at: int) -> bool:
    """Whether the mark at `at` ends an aside: "the base, 5 km north of the city, as well as"."""
    for n in range(at - 1, max(0, at - 8), -1):
        if phrases[n].kind == "vg" or (phrases[n].kind == "w" and phrases[n].cls in ".;:W"):
            return False
        if phrases[n].word == phrases[at].word:
            return True
    return False


def _adding(phrases: list[Phrase], at: int) -> int:
    """How many phrases from `at` on are words that add a place, 0 where none are."""
    said = phrases[at].word
    if said not in _OPENERS:
        return 0
    for words in _ADDING:
        if words[0] == said and all(
            at + n < len(phrases) and phrases[at + n].word == word for n, word in enumerate(words)
        ):
            return len(words)
    return 0


def _list_end(phrases: list[Phrase]) -> int:
    """The index behind the places that stand in a row at the beginning: "B and the hill of C"."""
    end = 0
    while end < len(phrases) and (
        _is_place(phrases[end]) or phrases[end].cls == "K" or phrases[end].word in ("of", "in")
    ):
        end += 1
    return end


def _not_only(phrases: list[Phrase]) -> list[Phrase]:
    """ "Holds not only A but also B", "not just A but B as well": A and B."""
    words = [phrase.word for phrase in phrases]
    for at in range(len(phrases) - 4):
        if words[at] == "not" and words[at + 1] in ("only", "just"):
            but = next((n for n in range(at + 2, min(at + _SPAN, len(words) - 1)) if words[n] == "but"), -1)
            if but > 0:
                also = words[but + 1] in ("also", "too")
                rest = phrases[but + 1 + also :]
                end = _list_end(rest)
                if [phrase.word for phrase in rest[end : end + 2]] == ["as", "well"]:
                    rest = [*rest[:end], *rest[end + 2 :]]
                return [*phrases[:at], *phrases[at + 2 : but], _and(phrases[but]), *rest]
    return phrases


def _neither_nor(phrases: list[Phrase]) -> list[Phrase]:
    """ "Holds neither A nor B": holds not A and B."""
    for at in range(1, len(phrases) - 3):
        verb, within = phrases[at - 1], phrases[at].det == "neither" != phrases[at].word
        if (phrases[at].word != "neither" and not within) or verb.kind != "vg" or verb.negated:
            continue
        nor = next((n for n in range(at + 1, min(at + _SPAN, len(phrases) - 1)) if phrases[n].word == "nor"), -1)
        if nor > 0 and all(phrase.kind != "vg" for phrase in phrases[at:nor]):
            verb = replace(verb, negated=True)
            first = [replace(phrases[at], det="")] if within else []
            return [*phrases[: at - 1], verb, *first, *phrases[at + 1 : nor], _and(phrases[nor]), *phrases[nor + 1 :]]
    return phrases


def _such_as(phrases: list[Phrase]) -> list[Phrase]:
    """ "Villages such as A and B": villages, A and B."""
    for at in range(1, len(phrases) - 2):
        if phrases[at].word == "such" and phrases[at + 1].word == "as" and _counted(phrases[at - 1]):
            return [*phrases[:at], replace(phrases[at + 1], word="including", cls="I"), *phrases[at + 2 :]]
    return phrases


def _among_them(phrases: list[Phrase]) -> list[Phrase]:
    """ "Several villages, among them A and B, fell": several villages, including A and B."""
    for at in range(1, len(phrases) - 2):
        told = phrases[at].word == "among" and phrases[at + 1].word in ("them", "these")
        if told and phrases[at - 1].word == "," and _is_place(phrases[at + 2]):
            return [*phrases[:at], replace(phrases[at], word="including"), *phrases[at + 2 :]]
    return phrases


def _counted(phrase: Phrase) -> bool:
    """Whether the phrase speaks of several places and names none: "two towns"."""
    return phrase.kind == "np" and phrase.cls == "asset" and phrase.plural and not phrase.names


def _named_apart(phrases: list[Phrase]) -> list[Phrase]:
    """ "Took two towns, A and B, from the rebels", "three towns: A, B and C": took A and B from the rebels."""
    for at in range(1, len(phrases) - 2):
        mark = phrases[at]
        if mark.kind != "w" or mark.cls not in (",", "-", ":"):
            continue
        head = at - 1
        while head > 1 and phrases[head - 1].word in ("in", "of", "near", "around") and phrases[head].cls == "name":
            head -= 2
        if not _counted(phrases[head]) or phrases[head].owner is not None or (head < at - 1 and mark.cls == ","):
            continue
        end = at + 1 + (phrases[at + 1].cls == "name")
        while end < len(phrases) - 1 and _parts(phrases[end]):
            skip = 1 + _parts(phrases[end + 1])  # ", and"
            if end + skip >= len(phrases) or phrases[end + skip].cls != "name":
                break
            end += skip + 1
        names = [phrase for phrase in phrases[at + 1 : end] if phrase.kind == "np"]
        marks = [phrase for phrase in phrases[at + 1 : end] if phrase.kind == "w"]
        told = mark.cls != "," or any(phrase.cls == "K" for phrase in marks)
        if len(names) < 2 or not told or phrases[end - 1].kind == "w":
            continue
        closed = end < len(phrases) and phrases[end].word == ("," if mark.cls == ":" else mark.word)
        follow = phrases[end + closed] if end + closed < len(phrases) else None
        if follow is not None and follow.kind == "vg" and not closed:
            continue
        acted = head > 0 and phrases[head - 1].kind == "vg"  # "took two towns, A and B, cut the road and": a series
        drops = follow is not None and ((follow.kind == "vg" and not acted) or follow.word in _FOLLOWING)
        row = [_and(phrase) if phrase.kind == "w" else phrase for phrase in phrases[at + 1 : end]]
        return [*phrases[:head], *row, *phrases[end + (closed and drops) :]]
    return phrases


def _excepting(phrases: list[Phrase]) -> list[Phrase]:
    """ "Holds the town save for the fort", "but for the fort, all of it fell", "all but the fort": except the fort."""
    for at in range(len(phrases) - 2):
        word, follow = phrases[at].word, phrases[at + 2]
        total = at > 1 and any(p.word in _TOTAL or p.det in _TOTAL for p in phrases[max(0, at - 3) : at])
        total = total and _is_place(phrases[at - 1]) and _is_place(phrases[at + 1])
        if total and word == "but" and follow.kind == "vg":
            return [*phrases[:at], replace(phrases[at], kind="w", word="except", cls="I"), *phrases[at + 1 :]]
        if phrases[at + 1].word != "for" or not _is_place(follow):
            continue
        if (word == "save" and at) or (word == "but" and not at):
            return [*phrases[:at], replace(phrases[at], kind="w", word="except", cls="I"), *phrases[at + 1 :]]
    return phrases


def _besides(phrases: list[Phrase]) -> list[Phrase]:
    """ "Besides A, the rebels hold B": the rebels hold A and B."""
    led = next((len(words) for words in _ALSO if [p.word for p in phrases[: len(words)]] == list(words)), 0)
    if not led or led >= len(phrases) or not _is_place(phrases[led]):
        return phrases
    end = led + _list_end(phrases[led:])
    if end >= len(phrases) - 2 or phrases[end].word != ",":
        return phrases
    row, rest = phrases[led:end], phrases[end + 1 :]
    verb = next((n for n in range(1, min(len(rest) - 1, _SPAN)) if rest[n].kind == "vg"), -1)
    joint = replace(phrases[end], word="and", cls="K")
    if _is_place(rest[0]):
        return [*row, joint, *rest]
    place = next((n for n in range(verb + 1, min(len(rest), verb + 7)) if _is_place(rest[n])), -1) if verb > 0 else -1
    if rest[0].kind != "np" or place < 0 or any(p.kind == "vg" for p in rest[verb + 1 : place]):
        return phrases
    return [*rest[:place], *row, joint, *rest[place:]]


def _gapped(phrases: list[Phrase]) -> list[Phrase]:
    """ "The army holds A, the rebels B": the phrase "the rebels B" parted into the side and its place."""
    verb = next((at for at, phrase in enumerate(phrases) if phrase.kind == "vg"), -1)
    if verb < 1 or phrases[0].cls != "side" or verb + 2 >= len(phrases):
        return phrases
    made: list[Phrase] = []
    for at, phrase in enumerate(phrases):
        apart = at > verb + 1 and phrases[at - 1].kind == "w" and phrases[at - 1].cls in (",", "K", ";")
        first = min(phrase.names, default=-1)
        named = apart and phrase.cls == "name" and first > phrase.start and phrase.owner is None
        who = phrase.mods[-1] if named and phrase.mods else ""
        if who in lexicon().actors and who not in lexicon().adjectives and (phrase.det == "the" or who.endswith("s")):
            side = replace(phrase, end=first, word=who, cls="side", head=first - 1, mods=phrase.mods[:-1])
            side.names, side.plural = (), who.endswith("s")
            made += [side, replace(phrase, start=first, det="", mods=())]
        else:
            made.append(phrase)
    return made


def _parts(phrase: Phrase) -> bool:
    """Whether the phrase stands between the members of a list."""
    return phrase.kind == "w" and phrase.cls in (",", "K")


def _part_of_which(phrases: list[Phrase]) -> list[Phrase]:
    """ "Shells hit A, half of which the rebels hold": shells hit A; the rebels hold half of A."""
    for at in range(2, len(phrases) - 3):
        share, place = phrases[at], phrases[at - 2]
        if phrases[at + 2].word != "which" or phrases[at + 1].word != "of" or phrases[at - 1].word != ",":
            continue
        if (
            share.word in ("both", "all")
            or share.kind != "np"
            or not (share.cls == "share" or share.word in lexicon().shares)
            or not _is_place(place)
        ):
            continue
        stop = len(phrases) - (phrases[-1].cls == ".")
        end = next((n for n in range(at + 3, stop) if phrases[n].cls in (",", ";", ":", "-")), stop)
        told = phrases[at + 3 : end]
        verb = next((n for n, phrase in enumerate(told) if phrase.kind == "vg"), -1)
        if verb < 0:
            continue
        whole = [share, phrases[at + 1], replace(place)]
        told = [*whole, *told] if verb == 0 else [*told[: verb + 1], *whole, *told[verb + 1 :]]
        rest = phrases[end + (end < stop and phrases[end].word == ",") : stop]
        mark = replace(phrases[at - 1], word=";", cls=";")
        return [*phrases[: at - 1], *rest, mark, *told, *phrases[stop:]]
    return phrases


def _relative_last(phrases: list[Phrase]) -> list[Phrase]:
    """ "Took A, which lies on the river, and B": took B and A, which lies on the river."""
    for at in range(1, len(phrases) - 5):
        if phrases[at].word != "," or phrases[at + 1].cls != "W" or not _is_place(phrases[at - 1]):
            continue
        end = next((n for n in range(at + 2, min(at + _SPAN, len(phrases) - 2)) if phrases[n].word == ","), -1)
        inner = phrases[at:end] if end > 0 else []
        told = any(phrase.kind == "vg" for phrase in inner)
        if not told or any(phrase.cls in (";", ":", "-") for phrase in inner) or phrases[end + 1].cls != "K":
            continue
        first = at - 1
        while first > 1 and phrases[first - 1].cls == "I" and _is_place(phrases[first - 2]):
            first -= 2
        rest = phrases[end + 2 :]
        last = _list_end(rest)
        follow = rest[last] if last < len(rest) else None
        begins = any(phrase.kind == "vg" for phrase in phrases[:first])
        if not last or (follow is not None and follow.kind == "vg" and (begins or not follow.plural)):
            continue
        if follow is not None and (
            follow.kind == "np" or follow.cls == "W" or rest[min(last + 1, len(rest) - 1)].cls == "W"
        ):
            continue  # "and one of them", "and the hills from which"
        close = [phrases[end]] if follow is not None and follow.cls != "." else []
        moved = [*rest[:last], phrases[end + 1], *phrases[first:end], *close]
        return [*phrases[:first], *moved, *rest[last:]]
    return phrases
