"""Which words of a sentence stand inside a claim that the sentence denies."""

from __future__ import annotations

from functools import cache

from claimstream.reading.rules.clauses import Clauses, moods

_ANYBODY = frozenset(("whoever", "anyone", "anybody"))
_PROOF = frozenset("evidence proof basis foundation substance".split())
_WAVING = frozenset("laugh brush shrug wave explain".split())


def denial_scopes(clauses: Clauses) -> list[bool]:
    """For each phrase whether it stands inside a claim that the sentence denies."""
    denied = [False] * (clauses.count + 1)
    words = moods()
    if _denying_words().isdisjoint([phrase.word for phrase in clauses.phrases]):
        return denied
    for k, phrase in enumerate(clauses.phrases):
        contradicts = phrase.kind == "vg" and phrase.word == "contradict" and k + 1 < clauses.count
        if contradicts and clauses.phrases[k + 1].word in words["telling nouns"]:
            _rightward(clauses, denied, k + 1)
        elif phrase.kind == "vg" and phrase.word in words["denying verbs"] and not _undenied(clauses, k):
            if phrase.passive:
                _leftward(clauses, denied, k)
            elif _has_object(clauses, k + 1):
                _rightward(clauses, denied, k + 1)
        elif phrase.kind == "vg" and (that := _that_is_unreal(clauses, k)) >= 0:
            _rightward(clauses, denied, that)
        elif phrase.kind == "vg" and (told := _told_unreal(clauses, k)) >= 0:
            for j in range(told + 1, k):
                denied[j] = not denied[j]
        elif (
            (phrase.word in words["telling lies"] and _that_behind(clauses, k))
            or _falsely(clauses, k)
            or _waved_off(clauses, k)
            or (
                phrase.kind == "np"
                and phrase.word in words["telling nouns"]
                and any(m in words["telling untrue"] for m in phrase.mods)
            )
        ):
            _rightward(clauses, denied, k + 1)
        elif phrase.word in words["telling untrue"] and phrase.kind in ("np", "w"):
            verb = _past_nothing_but(clauses, clauses.before(k))
            linked = verb >= 0 and clauses.phrases[verb].kind == "vg" and clauses.phrases[verb].word == "be"
            if linked and not clauses.phrases[verb].negated:
                subject = clauses.subject(verb)
                if subject and clauses.phrases[subject[0]].cls == "pron":
                    _rightward(clauses, denied, k + 1)
                elif not _told_apart(clauses, subject, verb):
                    _leftward(clauses, denied, verb)
        elif (
            phrase.kind == "vg"
            and phrase.word in ("call", "brand", "branded", "label", "describe")
            and not phrase.negated
        ):
            told = _told(clauses, k + 1)
            if told and any(p.word in words["telling untrue"] for p in clauses.phrases[told : told + 11]):
                _rightward(clauses, denied, k + 1)
            elif _as_untrue(clauses, k + 1) and _told(clauses, k + 3):
                _rightward(clauses, denied, k + 3)
            elif _told(clauses, k + 2) and clauses.phrases[k + 1].word in words["telling untrue"]:
                _rightward(clauses, denied, k + 2)  # "called a lie the news that"
        elif (
            (phrase.kind == "vg" and (_anybody_saying(clauses, k) or _it_does_not_square(clauses, k)))
            or (phrase.word == "truth" and phrase.det == "no")
            or (phrase.word in _PROOF and phrase.det == "no" and _of_a_report(clauses, k))
            or (phrase.word == "true" and _untrue(clauses, k))
        ):
            _rightward(clauses, denied, k + 1)
        elif phrase.word == "contrary" and k + 1 < clauses.count and clauses.phrases[k + 1].word == "to":
            _rightward(clauses, denied, k + 1, comma=True)
    return denied


def _that_is_unreal(clauses: Clauses, k: int) -> int:
    """The "that" behind "it does not correspond to the truth" and "it is not the case" at the verb `k`; or -1."""
    words, verb = moods(), clauses.phrases[k]
    if not verb.negated or verb.word not in words["telling squaring"] or k < 1 or clauses.phrases[k - 1].word != "it":
        return -1
    for j in range(k + 2, min(k + 6, clauses.count - 1)):
        if clauses.phrases[j].word == "that":
            told = {phrase.word for phrase in clauses.phrases[k + 1 : j]}
            return j if "true" not in told and not words["telling real"].isdisjoint(told) else -1
    return -1


def _told_unreal(clauses: Clauses, k: int) -> int:
    """The report that the verb `k` calls unreal: "reports of its fall do not correspond to reality"; or -1."""
    words, verb = moods(), clauses.phrases[k]
    behind: set[str] = set()
    none = False
    for phrase in clauses.phrases[k + 1 : k + 6]:
        if phrase.kind == "w" and phrase.cls in ",;.:K":
            break
        behind.add(phrase.word)
        none = none or phrase.det in ("no", "little") or phrase.word == "nothing"
    if verb.passive and verb.word in words["telling untrue"]:
        unreal = not verb.negated  # "are unfounded" has the form of a passive
    elif verb.negated:
        unreal = verb.word in words["telling squaring"] and not words["telling real"].isdisjoint(behind)
    elif verb.word == "have":
        unreal = none and not words["telling grounds"].isdisjoint(behind)
    else:
        away = behind & {"without", "odds", "devoid", "contrary"}
        unreal = verb.word == "be" and bool(away) and not words["telling grounds"].isdisjoint(behind)
    if not unreal:
        return -1
    reports = words["telling nouns"] | {"information"}
    for j in range(k - 1, max(-1, k - 24), -1):
        phrase = clauses.phrases[j]
        if phrase.kind == "w" and phrase.cls in ";.":
            return -1
        if phrase.kind == "np" and phrase.word in reports:
            return j
    return -1


def _past_nothing_but(clauses: Clauses, k: int) -> int:
    """Left of "nothing but" and "nothing more than" at `k`: "is nothing but propaganda"."""
    for width, last in ((2, "but"), (3, "than")):
        if k >= width and clauses.phrases[k].word == last and clauses.phrases[k - width + 1].word in ("nothing", "no"):
            return clauses.before(k - width + 1)
    return k


def _it_does_not_square(clauses: Clauses, k: int) -> bool:
    """ "It does not correspond to the truth that": what follows is denied."""
    words, verb, follow = moods(), clauses.phrases[k], clauses.phrases[k + 1 : k + 4]
    squares = verb.negated and verb.word in words["telling squaring"] and verb.word != "be"
    if not squares or len(follow) < 3 or not k or clauses.phrases[k - 1].word != "it":
        return False
    return follow[1].word in words["telling real"] and follow[2].word == "that"


def _anybody_saying(clauses: Clauses, k: int) -> bool:
    """ "Whoever says that the town is theirs", "anyone who claims it": of whom nobody speaks who believes them."""
    if clauses.phrases[k].word not in moods()["saying verbs"] or k < 1:
        return False
    before = clauses.phrases[k - 1].word
    return before in _ANYBODY or (before == "who" and k > 1 and clauses.phrases[k - 2].word in _ANYBODY)


def _waved_off(clauses: Clauses, k: int) -> bool:
    """ "Laughed off reports", "brushed aside claims"."""
    phrase, follow = clauses.phrases[k], clauses.phrases[k + 1 : k + 3]
    if phrase.kind != "vg" or phrase.negated or phrase.word not in _WAVING or len(follow) < 2:
        return False
    return follow[0].word in ("off", "aside", "away") and follow[1].word in moods()["telling nouns"]


def _of_a_report(clauses: Clauses, k: int) -> bool:
    """Whether a report follows "no evidence": "for the army's claim", "to support reports"."""
    for phrase in clauses.phrases[k + 1 : k + 5]:
        if phrase.kind == "np":
            return phrase.word in moods()["telling nouns"]
        if phrase.kind == "w" and phrase.cls in ",;.:KW":
            return False
    return False


def _told_apart(clauses: Clauses, subject: tuple[int, ...], verb: int) -> bool:
    """Whether what is untrue is another matter than what stands before: "Belen taken, enemy reports are lies"."""
    if subject != (verb - 1,):
        return False
    claim, before = clauses.phrases[subject[0]], clauses.phrases[subject[0] - 1 : subject[0]]
    return bool(before) and before[0].word == "," and not claim.det and bool(claim.mods)


def _told(clauses: Clauses, k: int) -> int:
    """Where the words at `k` end that name what is told: "the rumours", "rebel claims" read as a verb; else 0."""
    if k < clauses.count and clauses.phrases[k].word in moods()["telling nouns"]:
        return k + 1
    if k + 1 < clauses.count and clauses.phrases[k].kind == "np" and clauses.phrases[k + 1].kind == "vg":
        return k + 2 if clauses.phrases[k + 1].mods[0] in moods()["telling nouns"] else 0
    return 0


def _that_behind(clauses: Clauses, k: int) -> bool:
    """ "The lie that the town has fallen"."""
    told = clauses.phrases[k].kind == "np" and k + 2 < clauses.count and clauses.phrases[k + 1].word == "that"
    return told and clauses.phrases[k + 2].kind == "np"


def _as_untrue(clauses: Clauses, k: int) -> bool:
    """ "Described as baseless the rumours"."""
    follow = clauses.phrases[k : k + 2]
    return len(follow) == 2 and follow[0].word == "as" and follow[1].word in moods()["telling untrue"]


def _untrue(clauses: Clauses, k: int) -> bool:
    """ "It is not true that", "nor is it true that"."""
    before = clauses.phrases[max(0, k - 3) : k]
    return bool(before) and (
        (before[-1].kind == "vg" and before[-1].negated) or any(p.word in ("nor", "neither") for p in before)
    )


def _falsely(clauses: Clauses, k: int) -> bool:
    """ "Wrongly claimed"."""
    if clauses.phrases[k].kind != "vg" or clauses.phrases[k].word not in moods()["saying verbs"]:
        return False
    beside = [clauses.phrases[k - 1].word] if k else []
    if k + 1 < clauses.count:
        beside.append(clauses.phrases[k + 1].word)
    return not {"wrongly", "falsely", "untruthfully", "mendaciously"}.isdisjoint(beside)


def _undenied(clauses: Clauses, k: int) -> bool:
    """Whether the denying itself is negated: "did not deny", "not even the army disputed", "nobody denies"."""
    if clauses.phrases[k].negated:
        return True
    for at in clauses.subject(k)[:1]:
        edge = clauses.before(at)
        while edge >= 0 and clauses.phrases[edge].word == "even":
            edge -= 1
        negated = edge >= 0 and clauses.phrases[edge].kind == "w" and clauses.phrases[edge].word in ("not", "nor")
        return negated or clauses.phrases[at].det in ("no", "neither") or clauses.phrases[at].word in ("nobody", "none")
    return False


@cache
def _denying_words() -> frozenset[str]:
    """The words of which one must stand in a sentence that denies a claim."""
    words = moods()
    told = words["telling nouns"] | words["telling untrue"] | {"information"}
    told = told | {"correspond", "match", "reflect", "tally"}
    return words["denying verbs"] | words["denying ways"] | told | {"whoever", "anyone", "anybody"}


def _has_object(clauses: Clauses, j: int) -> bool:
    """Whether something follows that can be denied: "denied losing it", not "whose loss they denied for days"."""
    while j < clauses.count and clauses.phrases[j].kind == "w" and clauses.phrases[j].cls == "R":
        j += 1
    while j + 2 < clauses.count and clauses.phrases[j].kind == "w" and clauses.phrases[j].cls in "IT":
        aside = clauses.phrases[j + 1]  # "denied in a statement on Monday that it had lost Belen"
        if aside.kind != "np" or aside.cls not in ("other", "time", "people"):
            break
        j += 2
    if j >= clauses.count:
        return False
    phrase = clauses.phrases[j]
    if phrase.cls == "pron" and phrase.word in ("it", "this") and j + 1 < clauses.count:
        follow = clauses.phrases[j + 1]
        if follow.kind == "w" and follow.cls == "," and _goes_on(clauses, j + 2):
            return False  # "the rebels, who deny it, said they held the town"
    return phrase.kind in ("np", "vg") or phrase.word in ("that", "as", "on", "what")


def _goes_on(clauses: Clauses, j: int) -> bool:
    """Whether a verb of the clause around goes on at `j`."""
    return j < clauses.count and clauses.phrases[j].kind == "vg" and clauses.phrases[j].form == "fin"


def _rightward(clauses: Clauses, denied: list[bool], k: int, comma: bool = False) -> None:
    past = k
    for j in range(k, clauses.count):
        phrase = clauses.phrases[j]
        if j < past:
            continue
        if phrase.kind == "w":
            if (
                phrase.cls in ";.:"
                or (comma and phrase.cls == ",")
                or phrase.word in ("but", "while", "although", "though")
            ):
                return
            if phrase.cls == "K" and j + 1 < clauses.count:
                follow = clauses.phrases[j + 1]
                if follow.kind == "vg" and follow.word in moods()["saying verbs"]:
                    return
                if (
                    follow.kind == "np"
                    and j + 2 < clauses.count
                    and clauses.phrases[j + 2].kind == "vg"
                    and clauses.phrases[j + 2].word in moods()["saying verbs"]
                ):
                    return
            if (
                phrase.cls == ","
                and j + 1 < clauses.count
                and clauses.phrases[j + 1].word in ("which", "who", "where", "after")
            ):
                past = _past_relative(clauses, j)
                if not past:
                    return
                continue
            if phrase.cls == "," and j + 2 < clauses.count and clauses.phrases[j + 1].cls == "time":
                return
            if (
                phrase.cls == ","
                and j + 1 < clauses.count
                and clauses.phrases[j + 1].kind == "vg"
                and clauses.phrases[j + 1].form == "ger"
                and clauses.phrases[j + 1].word in moods()["saying verbs"]
            ):
                return
        denied[j] = not denied[j]


def _past_relative(clauses: Clauses, j: int) -> int:
    """The phrase behind the clause in commas that opens at `j`, where the clause around it goes on; else 0."""
    for m in range(j + 2, min(j + 14, clauses.count - 1)):
        if clauses.phrases[m].word == ",":
            follow = clauses.phrases[m + 1]
            return m + 1 if follow.kind == "vg" and follow.form == "fin" else 0
    return 0


def _leftward(clauses: Clauses, denied: list[bool], k: int) -> None:
    for j in range(k - 1, -1, -1):
        phrase = clauses.phrases[j]
        if phrase.kind == "w" and (phrase.cls in ";." or phrase.word == "but"):
            return
        other = _told(clauses, j + 1) or clauses.phrases[j + 1].word in ("rest", "remainder", "everything", "all")
        other = other or (clauses.phrases[j + 1].word == "that" and _told(clauses, j + 2))
        if phrase.cls == "K" and j and clauses.phrases[j - 1].word == "," and other:
            return  # "the army holds the town, and the report that it has fallen is a fabrication"
        denied[j] = not denied[j]
