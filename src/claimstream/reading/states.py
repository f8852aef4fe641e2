"""Reads out of sentences who holds a place, whether it is besieged, and whether a road can be passed.

The rules are in lexicon/control.toml; `rules` runs them, `reference` and `actors` resolve "they" and "the town". A
sentence without a word that sets off a rule is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from claimstream.lexicon.calendar import DATE_MONTHS
from claimstream.lexicon.names import Name, find
from claimstream.model import Holds, Sentence, StateMention, Token
from claimstream.reading.discourse import campaign
from claimstream.reading.discourse.doers import alike
from claimstream.reading.discourse.parsed import Parsed, once
from claimstream.reading.discourse.placed import Run, capital_runs, crossings_named, persons_named, places_named
from claimstream.reading.discourse.questions import answer, as_told
from claimstream.reading.discourse.reference import Discourse
from claimstream.reading.discourse.regains import back, before_that, denies_itself, of_a_contest, taken_back
from claimstream.reading.discourse.replies import answered, goes_on_listing, listed_on, may_reply, replied, to_question
from claimstream.reading.discourse.sided import sides_named
from claimstream.reading.discourse.wayreference import besieged_before, referent
from claimstream.reading.discourse.whereabouts import whereabouts
from claimstream.reading.rules.assets import Named, at_large, commanded, together
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.engine import Reader
from claimstream.reading.rules.guards import of_sides, of_war
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.stamps import bulletin
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.triggers import Said, worth_reading
from claimstream.reading.rules.waynames import is_unit
from claimstream.reading.rules.words import clause_words, lexicon, listed

_YEAR = re.compile(r"(?:19|20)\d\d$")
_DATE_MARKS = frozenset((":", "—", "–", "-"))
_LINE = 16
"""Words that a line of a timeline has at most."""
_HELD_LAST = frozenset("held controlled occupied".split())
_LAST = frozenset("last only remaining final".split())
_FEW = 8
"""So many of those last driven out may be still there."""
_LEFT_HERE = frozenset(("withdraw-here", "gone-here", "is-gone-here"))
_TOWARDS = frozenset(("to", "towards", "toward", "into"))
_FORMER = frozenset(("initial", "original", "former", "old", "starting", "previous"))
_HERE_AND_NOW = frozenset(("fight-goes-on-here", "admits-withdrawal"))
"""Rules of a place left unsaid, which must be the one that the same sentence has spoken of."""
_FALLEN = frozenset(("fall", "fall-of-alone", "gone"))
"""Rules of what fell, without a word of who took it."""
_HOLDING = frozenset(
    "hold mans guarded policed rules have still-has go-over with-side in-hands defends where-held".split()
)
"""Rules of who has a place, of which the past perfect tells what was before."""
_BEATEN = clause_words("beaten")
_PAST_UNITS = clause_words("past_units")
_SECURING = frozenset(("secure", "clear", "cleanse", "purge", "hold", "control", "guard", "restore"))


def read(
    sentences: Sequence[Sentence], names: Sequence[Sequence[Name]] | None = None
) -> tuple[tuple[StateMention, ...], ...]:
    """The mentions of each sentence of an article, in the order of the sentences.

    `names` are the names of each sentence, where the caller has them already. "We" is the side of the speaker named
    nearby, or of the spokesman whom an outlet that says "our forces" quotes, or "we" unresolved.
    """
    names = [find(sentence) for sentence in sentences] if names is None else names
    runs = [capital_runs(sentence.tokens) for sentence in sentences]
    placed = places_named(sentences, runs)
    persons = persons_named(sentences, runs) - placed
    sided = sides_named(sentences, runs) - placed - persons
    crossings = crossings_named(sentences, runs)
    discourse = Discourse(sentences, lambda i: _known(sentences[i], names[i], runs[i], placed, persons, sided))
    mentions: list[tuple[StateMention, ...]] = []
    for i, sentence in enumerate(sentences):
        answering = bool(i and mentions[-1])
        words = Said(sentence.tokens, any(name in sentence.text for name in crossings))
        asked = answer(sentences[i - 1], sentence) if i and sentences[i - 1].text[-1:] == "?" else ""
        listing = answering and goes_on_listing(sentence.tokens)
        replying = asked or listing or (answering and may_reply(sentence.tokens))
        line = sentence.title or _dated(sentence) or bulletin(sentence.tokens)
        if not (line or replying or worth_reading(words, answering)):
            mentions.append(())
            continue
        parsed = discourse.parsed(i)
        reader = Reader(sentence.tokens, parsed.clauses, parsed.known, line, crossings)
        made = _mentions(reader.findings(words), discourse, i)
        if asked and not made:
            made = to_question(asked, _questioned(discourse, i - 1), reader)
        elif i and sentences[i - 1].paragraph >= sentence.paragraph - 1:
            quote = sentence.paragraph == sentences[i - 1].paragraph and sentences[i - 1].text[:1] in '"“'
            told = mentions[i - 2] if quote and i > 1 and mentions[i - 2] else mentions[i - 1]
            more = answered(reader, told) if reader.answer else replied(reader, told)
            made += [] if any(_same_question(one, other) for one in more for other in made) else more
        if listing and not made:
            made = listed_on(reader, mentions[i - 1])
        mentions.append(tuple(_once(made)))
    settled = campaign.told(mentions, discourse.guessed, discourse.lost, discourse.opponent, discourse.partisan)
    return of_war(sentences, of_sides(settled))


def _once(made: list[StateMention]) -> list[StateMention]:
    """The mentions but for a siege that another tells with its besieger: "the army has Belen encircled"."""
    told = {(m.asset, m.holds) for m in made if m.kind == "siege" and m.side}
    return [m for m in made if m.kind != "siege" or m.side or (m.asset, m.holds) not in told] if told else made


def _questioned(discourse: Discourse, i: int) -> list[StateMention]:
    """What sentence `i`, a question, would say if it were told."""
    told = as_told(discourse.parsed(i))
    if told is None:
        return []
    discourse.asked[i] = told
    reader = Reader(told.sentence.tokens, told.clauses, told.known)
    made = _mentions(reader.findings(Said(told.sentence.tokens)), discourse, i)
    del discourse.asked[i]
    return made


def _same_question(one: StateMention, other: StateMention) -> bool:
    """Whether both are about one asset: who "denied it, saying that it held the town" has said it in words."""
    mine, theirs = set(one.asset.lower().split()), set(other.asset.lower().split())
    return one.kind == other.kind and (mine <= theirs or theirs <= mine)


def _dated(sentence: Sentence) -> bool:
    """Whether the sentence is a line of a timeline: "May 3: Belen captured"."""
    low = [t.lower for t in sentence.tokens[:4]]
    mark = next((at for at, word in enumerate(low) if word in _DATE_MARKS), 0)
    return any(w in DATE_MONTHS for w in low[:mark]) and len(sentence.tokens) < _LINE


def _known(
    sentence: Sentence,
    names: Sequence[Name],
    runs: Sequence[Run],
    placed: Set[str],
    persons: Set[str],
    sided: Set[str],
) -> dict[int, str]:
    """Token index -> kind of the name that it belongs to, for capitalised words that are no common nouns.

    `placed` are those of its `runs` that the article elsewhere uses as names of places, `persons` those of people who
    speak, `sided` those of armed sides.
    """
    lex = lexicon()
    found: dict[int, str] = {}
    for name in names:
        for at in range(name.start, name.end):
            token = sentence.tokens[at]
            several = name.kind in ("side", "country") and name.end - name.start > 1
            common = token.lower in lex.actors or token.lower in lex.assets or token.lower in lex.people
            if token.text[0].isupper() and (several or not common):
                if name.kind == "people":
                    found[at] = "nation" if sentence.tokens[name.end - 1].lower.endswith("s") else "demonym"
                    continue
                stately = name.kind == "side" and (name.key == "state" or name.key.startswith(("state:", "force:")))
                found[at] = "state" if stately else name.kind
    for start, end, text in runs:
        kind = "place" if text in placed else "person" if text in persons else "band" if text in sided else ""
        if kind and not any(at in found for at in range(start, end)):
            found.update(dict.fromkeys(range(start, end), kind))
    return found


def _mentions(findings: Sequence[Finding], discourse: Discourse, i: int) -> list[StateMention]:
    made: list[StateMention] = []
    seen: set[tuple[str, str, str, str]] = set()
    earlier: dict[int, int] = {}
    driven: list[tuple[int, str, str]] = once(discourse.made, "driven", list)
    for finding in spread(findings, discourse, i):
        mention = _mention(finding, discourse, i)
        if mention is None or _undone(discourse.parsed(i), finding) or _never_in(mention, made):
            continue
        if finding.denial and finding.side < 0 and not finding.words:
            mention = _as_denied(mention, made)
        mention = _still_theirs(finding, mention, driven, discourse, i)
        if not mention.side and _kept(finding, discourse.parsed(i)):  # where nobody is said to attack it
            own, known = discourse.speaker(i, back=0)
            mention = replace(mention, side=commanded(own), holds="yes", resolved=known) if known else mention
        key = (mention.kind, mention.asset.lower(), mention.side.lower(), mention.holds)
        if key in seen or _said_already(mention, made) or _part_of_it(finding, mention, made, discourse, i):
            continue
        seen.add(key)
        if _past_perfect(discourse.parsed(i), finding):
            earlier[len(made)] = 2 if _after_that(discourse.parsed(i), finding) else 1
        made.append(mention)
        if finding.rule == "drive-out" and mention.holds == "no":
            driven.append((i, mention.asset, mention.side))
        if finding.asset is not None and not finding.passing and mention.asset:
            finding.asset.generic &= finding.asset.text == mention.asset
            finding.asset.text, finding.asset.place = mention.asset, mention.place
            finding.asset.pron = ""
            if mention.kind == "siege" and is_unit(mention.asset):
                continue  # "the city" is no brigade
            (discourse.ways if mention.kind == "route" else discourse.focus).append((i, finding.asset))
            if mention.kind == "siege" and (not finding.asset.generic or "site" in finding.asset.classes):
                discourse.besieged.append(mention.asset)
            if mention.kind == "control" and mention.holds == "yes":
                discourse.taken.append((mention.asset, mention.side))
                if (
                    finding.rule == "take"
                    and not back(discourse.parsed(i), finding)
                    and not discourse.sentences[i].title
                ):
                    discourse.fresh.append((i, mention.asset, mention.side))
    made = [before_that(one, made, discourse.sentences[i]) for one in made]
    return _settled(made, earlier, discourse.parsed(i))


def _still_theirs(
    finding: Finding, mention: StateMention, driven: Sequence[tuple[int, str, str]], discourse: Discourse, i: int
) -> StateMention:
    """ "The army had driven the rebels from Belen, but they were still there": those who were said to be driven out."""
    if finding.rule != "still-there" or finding.side < 0 or mention.holds != "yes":
        return mention
    said = discourse.parsed(i).phrases[finding.side].word == "they"
    near = driven[-_FEW:] if said else ()
    whose = [side for j, asset, side in near if i - j <= 1 and asset == mention.asset and side.endswith("s")]
    return replace(mention, side=whose[-1], resolved=True) if whose else mention


def _undone(parsed: Parsed, finding: Finding) -> bool:
    """Whether those said to have come in are then told to be beaten: "the men who had entered Belen were killed"."""
    at, phrases = finding.verb, parsed.phrases
    if finding.holds != "yes" or not 0 < at < len(phrases) or phrases[at - 1].word not in ("who", "that", "which"):
        return False
    if phrases[at].passive:
        return False
    beaten = next((s - 1 for s in parsed.clauses.subject(at) if s > 0), -1)  # "crushed the men that entered Belen"
    if beaten >= 0 and phrases[beaten].kind == "vg" and phrases[beaten].word in _BEATEN and not phrases[beaten].passive:
        status = parsed.clauses.status(beaten)
        return status.real and not status.negated
    if not _past_perfect(parsed, finding):
        return False
    later = (k for k in range(at + 1, len(phrases)) if phrases[k].kind == "vg")
    return any(
        phrases[k].passive and phrases[k].word in _BEATEN and parsed.clauses.subject(k) == parsed.clauses.subject(at)
        for k in later
    )


def _kept(finding: Finding, parsed: Parsed) -> bool:
    """Whether the taking of a place is denied of nobody in particular: then it is still its speaker's.

    What has not been retaken is not.
    """
    denied = (finding.turned or finding.denial) and finding.holds == "no" and finding.side < 0 and not finding.words
    back = finding.verb >= 0 and parsed.phrases[finding.verb].word in listed("back")
    return denied and not back and finding.kind == "control" and finding.rule not in _FALLEN


def _never_in(mention: StateMention, made: Sequence[StateMention]) -> bool:
    """Whether those said to be beaten back from a place were never said to be in it: from where is then open."""
    told = (mention.side, mention.asset, "yes")
    return mention.rule == "beaten-back-here" and all((one.side, one.asset, one.holds) != told for one in made)


def _as_denied(mention: StateMention, made: Sequence[StateMention]) -> StateMention:
    """The denial of what the sentence has just told, of the side of whom that was told."""
    for one in reversed(made):
        same = (one.kind, one.asset, one.rule) == (mention.kind, mention.asset, mention.rule)
        if same and one.holds != mention.holds:
            return replace(mention, side=one.side, resolved=one.resolved)
    return mention


def _past_perfect(parsed: Parsed, finding: Finding) -> bool:
    """Whether the verb of the finding is in the past perfect ("had held")."""
    if not 0 <= finding.verb < len(parsed.phrases):
        return False
    verb = parsed.phrases[finding.verb]
    if verb.kind == "vg" and verb.form == "inf":
        return verb.perfect  # "the last town to have remained with the rebels"
    if _after_that(parsed, finding):
        return True
    if verb.kind == "vg" and finding.rule == "hold" and finding.verb > 2 and not verb.aux:
        that = parsed.phrases[finding.verb - 2].cls == "W"
        told = parsed.phrases[finding.verb - 2 - that]  # "took the mill, the last building that the rebels held"
        if verb.mods[0] in _HELD_LAST and not _LAST.isdisjoint(told.mods):
            return True
    return verb.kind == "vg" and verb.perfect and parsed.sentence.tokens[verb.start].lower == "had"


def _after_that(parsed: Parsed, finding: Finding) -> bool:
    """Whether the verb is a gerund of what was first: "left it after entering it", "within an hour of seizing it"."""
    at = finding.verb
    if not 0 < at < len(parsed.phrases) or parsed.phrases[at].kind != "vg" or parsed.phrases[at].form != "ger":
        return False
    before = parsed.phrases[at - 1].word
    return before == "after" or (before == "of" and at > 1 and parsed.phrases[at - 2].cls == "time")


def _settled(made: Sequence[StateMention], earlier: Mapping[int, int], parsed: Parsed) -> list[StateMention]:
    """Without what the same sentence overtakes: "changed hands twice and is now the army's", "who had held it fled".

    `earlier` are the mentions that begin with a past perfect (1), or with what was before another verb (2).
    """
    kept: list[StateMention] = []
    for n, one in enumerate(made):
        asset = one.asset.lower()
        later = [m for m in made[n + 1 :] if m.kind == one.kind and m.asset.lower() == asset and not m.passing]
        settled = one.rule == "changed-hands" and any(m.holds == "yes" for m in later)
        turned = {"yes": "no", "no": "yes"}.get(one.holds)
        mine = earlier.get(n, 0)
        now = [m for k, m in enumerate(made) if k not in earlier or earlier[k] < mine]
        others = [m for m in now if m.asset.lower() == asset and m.kind == one.kind]
        overtaken = n in earlier and (one.holds == "yes" or one.rule in ("lose", "leave"))
        overtaken = overtaken and any(
            m.side == one.side and m.holds == turned and not m.denial and not _retold(parsed, one.start, m.start)
            for m in others
        )
        passed = n in earlier and one.holds == "yes" and one.rule in _HOLDING  # "took Belen, which the army had held"
        passed = passed and any(m.side != one.side and m.holds == "yes" and not m.denial for m in others)
        if not (settled or overtaken or passed):
            kept.append(one)
    return kept


def _retold(parsed: Parsed, first: int, last: int) -> bool:
    """Whether another says the second: "the army said rebels had left, but a nurse said they were still there"."""
    tokens, saying = parsed.sentence.tokens, moods()["saying verbs"]
    told = (p for p in parsed.phrases if p.kind == "vg" and p.word in saying and p.form == "fin")
    return any(first < tokens[p.start].start < last for p in told)


def spread(findings: Sequence[Finding], discourse: Discourse, i: int) -> Iterator[Finding]:
    """The findings one by one, those about "both towns" once for each of the towns."""
    for finding in findings:
        named = finding.asset
        names: list[str] = []
        if (
            named is not None
            and not finding.passing
            and finding.kind in ("control", "siege")
            and finding.rule != "demonym"
        ):
            phrases = discourse.parsed(i).phrases
            phrase = next((p for p in phrases if p.kind == "np" and p.start == named.first), None)
            names = discourse.members(i, phrase, named, named.first) if phrase is not None else []
        for name in names:
            yield replace(finding, asset=Named(name, frozenset(), first=finding.start, last=finding.end))
        if named is not None and named.pron in ("them", "former", "latter") and not names:
            continue
        people = finding.rule == "demonym" and named is not None and bool(named.pron)  # "most of them are Somali"
        if not names and not people:
            yield from _each(finding, discourse, i)


def _each(finding: Finding, discourse: Discourse, i: int) -> Iterator[Finding]:
    """The finding, once for each side where each holds its own part: "the army and the rebels each hold half"."""
    parted = finding.asset is not None and finding.asset.extent != "all" and len(finding.sides) > 1
    if parted and any(token.lower == "each" for token in discourse.sentences[i].tokens):
        for side in finding.sides:
            yield replace(finding, side=side, sides=(side,))
    else:
        yield finding


def _said_already(mention: StateMention, made: Sequence[StateMention]) -> bool:
    """Whether the sentence has said the same of the same asset, in more or fewer words."""
    words = set(mention.asset.lower().split())
    for other in made:
        held = other.rule != mention.rule and {other.rule, mention.rule} <= _HOLDING
        same = other.side == mention.side or (held and bool(other.side) and alike(other.side, mention.side))
        if same and (other.kind, other.holds) == (mention.kind, mention.holds):
            theirs = set(other.asset.lower().split())
            if words <= theirs or (theirs <= words and other.kind != "control"):
                return True
    return False


def _part_of_it(
    finding: Finding, mention: StateMention, made: Sequence[StateMention], discourse: Discourse, i: int
) -> bool:
    """Whether the whole went to the same side already: "took Belen and raised their flag in its centre"."""
    named = finding.asset
    if named is None or not named.generic or discourse.sentences[i].tokens[named.first].lower != "its":
        return False
    mine = (mention.kind, mention.side, mention.holds)
    part = named.head in WORDS["quarter"] and "area" in named.classes
    return part and any((one.kind, one.side, one.holds) == mine and one.extent == "all" for one in made)


def _mention(finding: Finding, discourse: Discourse, i: int) -> StateMention | None:
    sentence = discourse.sentences[i]
    tokens = sentence.tokens
    discourse.guessing = False
    side, resolved = _side(finding, discourse, i)
    named = finding.asset
    if named is not None and named.pron == "it" and of_a_contest(discourse, i, finding):
        return None
    if finding.rule in _HERE_AND_NOW and not (discourse.focus and discourse.focus[-1][0] == i):
        return None  # "fighting continued": where, only the same sentence tells surely
    unknown = not side and finding.side >= 0 and i not in discourse.asked
    if unknown and finding.kind == "control" and _nobody(discourse.parsed(i), finding):
        return None
    if named is None:
        town = besieged_before(discourse, i) if finding.kind == "siege" else discourse.main_place
        asset, place, found = town, "", bool(town)
        extent = "all"
    else:
        asset, place, found = referent(discourse, i, finding, named)
        if named.pron and not found and finding.kind == "control":
            asset, place, found = discourse.main_place, "", bool(discourse.main_place)
        extent = named.extent
        if not place and found and asset[:1].islower():
            place = whereabouts(discourse, i, named)
    taker = ""
    if not side and finding.rule in _FALLEN and finding.taker == "state" and asset:
        taker, yielded = discourse.victor(i), discourse.yielding(i)
        side, resolved = (taker or yielded, True) if taker or yielded else discourse.loser(i, asset)
        kept = discourse.keeper(i, named.first, named.last)[0] if named is not None and not side else ""
        side, resolved = (kept, True) if kept else (side, resolved)
        if not side:
            side, resolved = discourse.doer(i, "state", False, losing=True)
        taker = taker if taker or side else discourse.salient("rebel", taking=True)
    if not asset or (named is not None and named.head == "focus" and not found):
        return None
    if finding.rule in _LEFT_HERE and _goal(tokens, finding, asset):
        return None
    side = commanded(discourse.in_full(side))
    if discourse.guessing:
        side = at_large(side)
    if side.lower() in lexicon().enemy:
        side = discourse.foe(i) or side
    stands = finding.rule in _FALLEN and finding.taker == "rebel" and not side
    if stands:  # "Belen has not fallen, the army said", where nobody attacks it: it is the army's
        side, resolved = discourse.speaker(i, back=0)
    plainly = finding.words.lower() in lexicon().actors  # the police of "police station"
    if finding.words and side == finding.words and side in asset and finding.side < 0 and not plainly:
        side, resolved = _side(replace(finding, words=""), discourse, i)  # "Belen base was lost": not by Belen
    if side and side.lower() == asset.lower():
        side, resolved = "", False
    unsaid = finding.side < 0 and not finding.words and finding.kind == "control"
    if unsaid and finding.rule == "take" and not finding.turned and back(discourse.parsed(i), finding):
        side, resolved = taken_back(discourse, i, asset, side, resolved)
    if (
        unsaid and finding.rule in _FALLEN and finding.taker == "rebel"
    ):  # "announced its capture, but rebels insist it has not"
        taken = [whose for j, what, whose in discourse.fresh[-2:] if j >= i - 1 and what == asset]
        side, resolved = (taken[-1], True) if taken else (side, resolved)
    if finding.denial and finding.rule == "capture-of" and side and denies_itself(discourse.parsed(i), finding):
        side = discourse.opponent(side, sure=True) or "enemy"
        resolved = False
    holds: Holds = "yes" if finding.holds == "yes" else "no" if finding.holds == "no" else "contested"
    if taker:  # nobody is named who held it: it fell to those who are
        side = taker
    if taker or _fell_to(finding, side, discourse) or (stands and resolved):
        holds = "yes"  # "the rebels took Belen; Sarab fell": to them
    if discourse.guessing:
        discourse.guessed.add((i, tokens[finding.start].start, asset, holds))
        if holds == "no" and not finding.turned and finding.taker != "rebel":
            discourse.lost.add((i, tokens[finding.start].start, asset, holds))
    return StateMention(
        kind="siege" if finding.kind == "siege" else "route" if finding.kind == "route" else "control",
        asset=asset,
        side=side,
        holds=holds,
        extent="part" if extent == "part" else "most" if extent == "most" else "all",
        place=place,
        rule=finding.rule,
        start=tokens[finding.start].start,
        end=tokens[min(finding.end, len(tokens)) - 1].end,
        background=_is_background(sentence, finding),
        denial=finding.denial,
        passing=finding.passing,
        resolved=resolved and found,
    )


def _goal(tokens: Sequence[Token], finding: Finding, asset: str) -> bool:
    """Whether those who leave go to the place, or only back to where they came from: "fled towards Belen"."""
    first = asset.split()[0]
    behind = range(finding.start + 1, len(tokens))
    if any(tokens[k].text == first and tokens[k - 1].lower in _TOWARDS for k in behind):
        return True
    return any(tokens[k].lower == "positions" and tokens[k - 1].lower in _FORMER for k in behind)


def _nobody(parsed: Parsed, finding: Finding) -> bool:
    """Whether those who are said to have come, gone or held a place are "they", of whom nothing armed was told."""
    return finding.holds != "contested" and parsed.phrases[finding.side].cls == "pron"


def _fell_to(finding: Finding, side: str, discourse: Discourse) -> bool:
    """Whether the side found for what "fell" is that of those who were last said to take something."""
    if finding.rule not in _FALLEN or finding.taker != "state" or not side or not discourse.taken:
        return False
    return discourse.taken[-1][1] == side and lexicon().actors.get(side.split()[-1].lower()) != "state"


def _side(finding: Finding, discourse: Discourse, i: int) -> tuple[str, bool]:
    if finding.side >= 0:
        names = (
            [discourse.side(i, at) for at in finding.sides[:2]]
            if len(finding.sides) > 1
            else [discourse.side(i, finding.side)]
        )
        return together([name for name, _ in names if name]), all(ok for _, ok in names)
    if finding.words in ("they", "its"):
        found, ok = discourse.others(i, finding.at, *discourse.actor_before(i, finding.at))
        nominal = finding.verb >= 0 and discourse.parsed(i).phrases[finding.verb].kind == "np"
        return (found, ok) if ok or (found and not nominal) else discourse.actor_after(i, finding.at)
    if finding.words == "his":
        return discourse.speaker(i)
    if finding.words == "we":
        return discourse.speaker(i, at=finding.at)
    if finding.words:
        return finding.words, True
    if finding.rule in _FALLEN and finding.taker == "state":
        return "", False
    if finding.kind == "control" and finding.holds != "contested":
        turned = finding.turned or finding.denial
        stance = finding.taker or ("state" if finding.holds == "no" and not turned else "rebel" if turned else "")
        losing = finding.turned and finding.holds == "yes"
        occupied = finding.verb >= 0 and discourse.parsed(i).phrases[finding.verb].word == "occupy"
        if occupied and not turned and finding.holds == "yes":
            other = discourse.occupier(i) or ("enemy" if discourse.partisan else "")
            if other:
                return other, True
        if not stance and finding.holds == "yes" and _from_the_state(finding, discourse, i):
            stance = "rebel"
        if not stance and finding.holds == "yes" and not turned and finding.asset is not None:
            kept = discourse.keeper(i, finding.asset.first, finding.asset.last)[1]
            stance = "state" if kept == "rebel" else ""  # "a rebel stronghold was taken": by those who fight them
        return discourse.doer(i, stance, turned, losing)
    return "", True


def _from_the_state(finding: Finding, discourse: Discourse, i: int) -> bool:
    """Whether one of the state's own says that a house of the state was taken: "the barracks was stormed, police said".

    What he does not call retaken was taken by its enemies.
    """
    verb = discourse.parsed(i).phrases[finding.verb].word if finding.verb >= 0 else ""
    if not verb or verb in listed("back") or verb in _SECURING or finding.asset is None:
        return False
    theirs = not listed("state_houses").isdisjoint(finding.asset.text.lower().split())
    return (theirs or verb in listed("falling_upon")) and discourse.stately(i)


def _is_background(sentence: Sentence, finding: Finding) -> bool:
    """History: a year, or "last year", "months ago" in the clause of the finding, which a "that" begins."""
    tokens = sentence.tokens
    low = [t.lower for t in tokens]
    that = max((n + 1 for n in range(finding.start) if low[n] == "that"), default=0)
    for at in range(max(that, finding.start - 8), min(len(tokens), finding.end + 8)):
        word = low[at]
        if (
            at
            and word.isdigit()
            and _YEAR.match(word)
            and low[at - 1] not in ("since", ",")
            and not low[at - 1].isdigit()
        ):
            return True
        if word in _PAST_UNITS and (
            (at and low[at - 1] == "last") or (at + 1 < len(low) and low[at + 1] in ("ago", "earlier"))
        ):
            return True
    return False
