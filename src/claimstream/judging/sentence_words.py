"""What the sentence of a figure says beside the claim's own fields: who exactly is counted, and by which house.

A claim names the counted in a word ("bodies"); the sentence may go on ("bodies of policemen", "bodies in uniform"). A
hospital that counts its own dead or wounded counts a part of them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from claimstream.lexicon import load
from claimstream.model import Claim

_CORPS: Final = r"(?:[Ff]orces?|[Ss]ervices|[Pp]olice|[Aa]rmy|[Gg]uards?|[Cc]orps|[Mm]ilitia)"
_GOES_ON: Final = re.compile(
    rf"\W{{0,2}}(?:of (?:the )?[\w-]+(?: (?:and [\w-]+ )?{_CORPS}\b)?(?: [A-Z][\w-]*)?|in uniform)"
)
_NAME: Final = r"((?:[A-Z][\w'’-]{0,40}+ ?){1,4})"
"""Up to four words; each is taken whole or not at all, so that a run of capitals costs linear time."""
_HOUSE: Final = r"(?:[Hh]ospital|[Cc]linic|[Mm]orgue|[Cc]ent(?:re|er)|[Ii]nfirmary)"
_COUNTS: Final = r"(?:registered|recorded|received|counted|treated|admitted|reported|taken in|took in|logged)"
_HOUSES: Final = ("ospital", "linic", "orgue", "entre", "enter", "nfirmary")
"""What stands in the text wherever one of those does: quicker to look for."""
_ANY_HOUSE: Final = re.compile(_HOUSE)
_ITS_COUNT: Final = re.compile(rf"{_NAME}{_HOUSE}(?: alone)?,?(?: has| had| have)? {_COUNTS}\b")
_TAKEN_TO: Final = re.compile(
    rf"(?:taken|brought|admitted|treated|[Aa]t)(?: to| at| in)?(?: the)? {_NAME}{_HOUSE}\b(?! director)"
)
_PART: Final = re.compile(r"\s+of (?:the(?! (?:[A-Z]|enemy\b))|them|those|these|whom|which)\b")
_PART_INSIDE: Final = re.compile(r"[\w.,-]+ of (?:the|them|those|these|whom|which)\b")
_THERE: Final = re.compile(r"\b[Tt]here (?:are|were|is|was|have been|had been)(?: [a-z]{1,9}){0,3} $")
"""Before the number: "there are some 900 of them" is all of them."""
_INCLUDED: Final = re.compile(
    r", ([A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3}) included\b|, including ([A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3})"
)
_JUST_BEFORE: Final = re.compile(r"(?:in|of|at|on|near|from) ([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}),? $")
_ANOTHER: Final = re.compile(
    r"\b(?:separate|separately|elsewhere|(?:another|second|third|other) (?:attack|blast|strike|clash|clashes|incident"
    r"|explosion|raid|assault|ambush|operation|village|town|area|district|province|city|part))\b|^\W*meanwhile\b",
    re.IGNORECASE,
)
_LOOKS_BACK: Final = re.compile(r"\b(?:gave|reported|announced|counted)\b")
_KILLED_AT: Final = re.compile(
    r"\b(?:the|of) (?:number of )?([a-z]+) (?:killed|dead|wounded|injured|missing|captured|detained"
    r"|(?:who|that) (?:have |had |were |are |has )?(?:died|drowned|perished|killed|missing|injured|wounded))\b"
)
_NUMBER_OF: Final = re.compile(r"\bnumber of (?:the )?([a-z-]{1,30})\b")
_OWN_DEAD: Final = re.compile(
    r"\b(?:its|our) (?:own )?(?:dead|losses|casualties|wounded|fatalities|killed)\b"
    r"|\b(?:his|her|their|my) own (?:dead|losses|casualties|wounded|fatalities|side|men|forces|ranks)\b"
    r"|\b(?:his|their|its|our|my) (?:side|forces|army|movement|group|militia|men)(?:['’]s?)?"
    r" (?:losses|dead|casualties)\b"
    r"|\b(?:his|their) (?:losses|casualties)\b"
    r"|\b[Tt]he (?:movement|group|army|militia|force|front|alliance|faction) (?:had |has )?lost\b"
    r"|\b(?:[Oo]n|[Ff]rom|[Ii]n|[Aa]mong) our (?:own )?(?:side|ranks|part)\b|\b[Ww]e (?:have |had )?lost\b"
)
_OF_ITS_OWN: Final = re.compile(
    r"[\w,.-]{1,20}(?: [\w-]{1,20})? of (?:its|our|their) own\b"
    r"|[\w,.-]{1,20} of (?:its|our) (?:\w{1,20} )?(?:men|people|members|number|sons|boys|heroes)\b"
)
_RETURNED: Final = re.compile(
    r"\b(?:returned|returning|returnees|(?:gone|went|come|came|moved) back|(?:gone|went|come|came) home)\b"
)
_IDENTIFIED: Final = re.compile(
    r"(?: [a-z]{1,12}){0,3}? (?:has|have|had|were|was|are|is)(?: [a-z]{1,12})?? (?:identified|named|claimed)\b"
)
_OWNS_UP: Final = re.compile(
    r"\b(?:admit(?:s|ted|ting)?|conced(?:es?|ed|ing)|acknowledg(?:es?|ed|ing)|own(?:s|ed) up)(?: to)?"
    r"(?: only| just| the| at least| some)*(?: loss of| death of| deaths of)? [\w,.-]+"
    r" (?:dead|killed|deaths|losses|casualties|wounded|men)\b"
)
_OWNING = ("its ", "our ", "his ", "her ", "their ", "my ", " lost", "e ha", "dmit", "onced", "cknowledg", "owned up")
"""What stands in the text wherever one of those does."""
_LOSER: Final = re.compile(
    r"((?:[Tt]he |[A-Z])[\w'’-]{1,40}(?: [\w'’-]{1,40}){0,3}?)(?: of [\w'’-]{1,40}(?: [\w'’-]{1,40}){0,2})?"
    r" (?:has |have |had )?(?:lost|left|gave|given|suffered|mourned|mourns|buried|sacrificed|loses|lose|abandoned)"
    r"(?: behind)?(?: at least| more than| about| some| only| just| around| nearly| up to)?\W*$"
)
"""Who lost them, right before their number."""
_LOSSES: Final = re.compile(
    r"\b(?:^of|^Of|[Ll]osses of|[Tt]oll of) (the [\w'’-]{1,40}(?: [\w'’-]{1,40})?)"
    r"(?:,| (?:there|since|in|at|are|were|was|is|have|has|stand|stood|amount)\b[^.;,]{0,60})\W*$"
)
"""The same where the sentence begins with them: "Of the enemy, 40 were counted dead"."""
_OWN_LOSSES: Final = re.compile(r"\b((?:[Tt]he )?[\w-]{1,40})(?:['’]s|s['’])? losses\b[^.;,]{0,60}$")
"""The same in "the army's losses in Belen amounted to 40 dead"."""
_LOSING = tuple(f" {verb}" for verb in "lost lose left gave given suffered mourn buried sacrificed abandoned".split())
"""How the verbs in it begin, behind a space."""
_LOST: Final = re.compile(r"\b(?:lost|losing|loss of)\b[^.;,]*$")
_REMARK = re.compile(r",? (?:most|many|some|half|all) of (?:them|whom)\b|,? (?:mostly|mainly|including|among them)\b")
"""What follows tells who most of them were; the count is of all."""
_SET_OVER: Final = re.compile(
    r"\b(?:(?:mayor|district secretary|sheriff|priest|abbot|fire chief|police chief|headman|elders|council|municipality"
    r"|parish) of|(?:hospitals|doctors|rescuers|councillors|medics|villagers|residents) in)"
    r" ([A-Z][\w’'-]{1,40}(?: [A-Z][\w’'-]{1,40}){0,2})"
)
_SITS_IN: Final = re.compile(r"\bin ([A-Z][\w’'-]{1,40}(?: [A-Z][\w’'-]{1,40}){0,2})$")
_THERE_BEHIND: Final = re.compile(r"[\w%] there\b(?! (?:is|are|was|were|has|have|had|may|might)\b)")
_ARMED: Final = frozenset(load("camps")["armed"].split())
_LONGEST: Final = 2000
"""Characters of a sentence that are looked at."""


@cache
def _cues() -> dict[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """The cues by name: what stands in the words wherever they have the cue (empty: anything), and the pattern."""
    return {
        row["name"]: (tuple(row.get("needs", ())), re.compile("|".join(row["patterns"]), re.IGNORECASE))
        for row in load("counts")["cue"]
    }


@lru_cache(maxsize=16384)
def has(cue: str, words: str) -> bool:
    """True where the words have the cue of that name in lexicon/counts.toml."""
    needs, pattern = _cues()[cue]
    words = words[:_LONGEST]
    if needs:
        low = words.lower()
        if not any(need in low for need in needs):
            return False
    return pattern.search(words) is not None


def _at(claim: Claim) -> int:
    """Where the claim's words stand in its sentence, -1 where it has none or they do not."""
    return claim.sentence.find(claim.words) if claim.words else -1


def fighters_only(claim: Claim) -> bool:
    """True where the words say that all of those killed bore arms ("no civilians", "combatants to the last man")."""
    return has("fighters only", claim.sentence)


def counted(claim: Claim) -> str:
    """Who is counted, in the claim's words and those that follow them ("bodies" -> "bodies of policemen")."""
    who = _REMARK.split(claim.who, maxsplit=1)[0]
    if not who or " " in who.strip():
        return who
    text = claim.sentence[:_LONGEST]
    at = text.find(who, max(text.find(claim.words.split(" ")[0]) if claim.words else 0, 0))
    if at < 0:
        return who
    more = _GOES_ON.match(text, at + len(who))
    return who + more[0] if more else who


def counted_before(claim: Claim) -> str:
    """Who is counted where the sentence puts it before a number that stands alone: "put the rebels killed at 50"."""
    if claim.who or claim.measure not in ("killed", "wounded", "detained", "missing", "surrendered"):
        return ""
    if claim.measure == "surrendered":
        gone = _NUMBER_OF.search(claim.sentence[:_LONGEST])
        return gone[1] if gone else ""
    found = _KILLED_AT.search(claim.sentence[:_LONGEST])
    return found[1] if found else ""


def site(claim: Claim) -> str:
    """The named house whose own count this is ("Noor Hospital has registered 21 dead"), "" where it is none."""
    text = claim.sentence[:_LONGEST]
    if not any(house in text for house in _HOUSES) or not _ANY_HOUSE.search(text):
        return ""
    found = _ITS_COUNT.search(text) or _TAKEN_TO.search(text)
    return found[1].strip() if found else ""


def own_dead(claim: Claim) -> bool:
    """True where the speaker counts its own: "the army put its dead at five"."""
    text = claim.sentence[:_LONGEST]
    if not any(word in text for word in _OWNING):
        return False
    return _OWN_DEAD.search(text) is not None or (_fights(claim) and _OWNS_UP.search(text) is not None)


def _fights(claim: Claim) -> bool:
    """True for a speaker who bears arms; a state's offices may own up to anybody's dead."""
    return not claim.interest.startswith("state:") or not _ARMED.isdisjoint(claim.attribution.lower().split())


def lost(claim: Claim) -> bool:
    """True where those counted are a loss of the speaker's: "it lost three fighters", "for the loss of two"."""
    at = claim.sentence.find(claim.who) if claim.who else -1
    return at >= 0 and _LOST.search(claim.sentence[max(0, at - 40) : at]) is not None


def of_its_own(claim: Claim) -> bool:
    """True where those counted are said to be some of the speaker's: "140 of its men", "three of our own people"."""
    at = _at(claim)
    return at >= 0 and _OF_ITS_OWN.match(claim.sentence, at) is not None


def returned(claim: Claim) -> bool:
    """True for people who go back where they fled from: "9,000 families have returned to the valley"."""
    at = _at(claim)
    text = claim.sentence[max(0, at - 40) : at + len(claim.words) + 60] if at >= 0 else ""
    return _RETURNED.search(text) is not None


def identified(claim: Claim) -> bool:
    """True for bodies that have got a name, or a grave: "51 of them had been identified"."""
    at = _at(claim)
    behind = claim.sentence[at + len(claim.words) :][:50] if at >= 0 else ""
    return _IDENTIFIED.match(behind) is not None


def befell_them(claim: Claim) -> bool:
    """True for "five of them had died", which are all who died, of whomever they were some."""
    at = _at(claim)
    end = at + len(claim.words)
    of_them = _PART.match(claim.sentence, end) if at >= 0 else None
    return of_them is not None and has("fate of them", claim.sentence[of_them.end() :][:80])


def loser(claim: Claim) -> str:
    """Who the sentence says lost those counted ("the army gave three martyrs"), "" where it does not.

    "They" are those whom the sentence named before: "the rebels got in, lost 40 men and were driven out".
    """
    at = _at(claim)
    if at <= 0 or claim.measure not in ("killed", "wounded", "casualties", "detained", "missing", "surrendered"):
        return ""
    before = claim.sentence[max(0, at - 120) : at]
    found = _LOSER.search(before) if any(verb in before for verb in _LOSING) else None
    found = found or (_LOSSES.search(before) if "f the " in before else None)
    found = found or (_OWN_LOSSES.search(before) if " losses" in before else None)
    return found[1] if found else "they" if before.endswith((", lost ", ", leaving ")) else ""


def moved(claim: Claim) -> bool:
    """True for wounded who are carried from one place to another, a part of all: "a convoy carrying 40 wounded"."""
    return has("moved", claim.sentence)


def share_of(claim: Claim) -> str:
    """What a share is told of, beside the place: "ruined" for what lies in ruins, else ""."""
    return "ruined" if has("ruined", claim.sentence) else ""


def speakers_place(claim: Claim) -> str:
    """The town that the speaker is set over or speaks from, whose count it is where the words name no other; else "".

    "The mayor of Halim put the dead at 22", "officials in Halim say 26 have died there".
    """
    found = _SET_OVER.search(claim.attribution)
    if not found and " there" in claim.sentence and _THERE_BEHIND.search(claim.sentence[:_LONGEST]):
        found = _SITS_IN.search(claim.attribution)
    return found[1] if found else ""


def laid_waste(claim: Claim) -> str:
    """What befell an area that is counted: "burnt" by a fire, "flooded" by water; "" for land that is held or lies."""
    return next((fate for fate in ("burnt", "flooded") if has(fate, claim.sentence)), "")


def own_act(claim: Claim) -> bool:
    """True where those who speak tell what they lost or took out themselves: "it had lost 13 men"."""
    return has("own act", claim.sentence)


def instance(claim: Claim) -> str:
    """The one named where all of a kind are spoken of: "denied that any base was besieged, Amran included"; else ""."""
    text = claim.sentence[:_LONGEST]
    if " included" not in text and " including " not in text:
        return ""
    found = _INCLUDED.search(text)
    noun = claim.asset.split(" ")[0]
    every = any(f"{word} {noun}" in text for word in ("any", "Any", "no", "No", "every", "Every", "all", "All"))
    return (found[1] or found[2]) if found and every and noun else ""


def nearer_place(claim: Claim) -> str:
    """The place that the sentence puts before the one the claim has: "in Amran, in Syria's Idlib province"; else ""."""
    if not claim.place:
        return ""
    text = claim.sentence[:_LONGEST]
    at = text.find(f"in {claim.place}'s ")
    if at < 0:
        return ""
    found = _JUST_BEFORE.search(text[max(0, at - 80) : at])
    return found[1] if found else ""


def looks_back(claim: Claim) -> bool:
    """True where the sentence tells an older figure as such ("which gave 358 on Oct. 20", "up from 30")."""
    text = claim.sentence[:_LONGEST]
    return (_LOOKS_BACK.search(text) is not None or has("told earlier", text)) and not has("denied", text)


def told_earlier(claim: Claim) -> bool:
    """True where the words say outright that the figure is one of before ("had put it at 43", "up from 30")."""
    return has("told earlier", claim.sentence)


_SINCE_START: Final = re.compile(
    r"^[^.;]{0,110}?\b(?:since the (?:start|beginning) of (?:the |this )?|between (?:the )?[1-3](?:st)? )"
    r"(year|month|[A-Z][a-z]{2,8})\b"
)


def since_start(claim: Claim) -> str:
    """The month or year from whose beginning a count runs ("have fled since the start of May", "between 1 May and")."""
    at = _at(claim)
    if at < 0 or not ("since the " in claim.sentence or "between " in claim.sentence):
        return ""
    found = _SINCE_START.search(claim.sentence[at + len(claim.words) : at + len(claim.words) + 160])
    return found[1] if found else ""


def risen_from(claim: Claim) -> bool:
    """True for the figure that another has risen or fallen from ("up from the 230")."""
    at = _at(claim)
    return at > 0 and has("risen from", claim.sentence[max(0, at - 30) : at])


def each(claim: Claim) -> bool:
    """True for a figure of each day, week or month ("300 families arrive a day"), which is no count of them all."""
    at = _at(claim)
    end = at + len(claim.words)
    return at >= 0 and has("a day", claim.sentence[end : end + 80])


def feared(claim: Claim) -> bool:
    """True for a figure that the words only fear or guess at: "more than 1,000 may have died"."""
    return has("feared", claim.sentence[:_LONGEST])


def lived(claim: Claim) -> str:
    """Of a place: "once" for an earlier time, "still" for those who remain, "nominal" for the size of the town."""
    at = _at(claim)
    before = claim.sentence[max(0, at - 40) : max(0, at)]
    if before and has("town of", before):
        return "nominal"
    return "once" if has("once", claim.sentence) else "still" if has("still there", claim.sentence) else ""


def another(claim: Claim) -> bool:
    """True where the sentence sets its event apart from the others of the article ("in another clash", "elsewhere")."""
    return _ANOTHER.search(claim.sentence[:_LONGEST]) is not None


def part(claim: Claim) -> bool:
    """True where the words make the figure a part of another: "35 of the wounded", "all but five"."""
    if not claim.words or claim.high == 0:
        return False  # none of them is none at all
    at = claim.sentence.find(claim.words)
    before = claim.sentence[max(0, at - 50) : max(0, at)]
    if "here " in before and _THERE.search(before):
        return False
    if before.lower().endswith("all but ") or claim.words.startswith("all but "):
        return True
    inside = _PART_INSIDE.match(claim.words)
    if at < 0:
        return inside is not None
    end = at + len(claim.words)
    of_them = _PART_INSIDE.match(claim.sentence, at) if inside else _PART.match(claim.sentence, end)
    if (
        of_them is not None
        and not inside
        and claim.who
        and claim.words.endswith(claim.who)
        and of_them[0].endswith(" the")
    ):
        return False  # "three members of the guard"
    return of_them is not None and not has("fate of them", claim.sentence[of_them.end() :][:80])


def all_in(claim: Claim, place: str) -> bool:
    """True where a part of a count is all of one place's: "twelve of the dead are in Arpa"."""
    at = claim.sentence.find(claim.words) if claim.words and place else -1
    return at >= 0 and f" in {place}" in claim.sentence[at : at + len(claim.words) + len(place) + 40]


def in_addition(claim: Claim) -> bool:
    """True where the words put the figure beside another: "another 50", "a further dozen"."""
    if not claim.words:
        return False
    at = claim.sentence.find(claim.words)
    behind = claim.sentence[at + len(claim.words) :][:12] if at >= 0 else ""
    if behind.startswith(" more ") and not behind.startswith(" more than"):
        return True
    return has("in addition", claim.words) or (at >= 0 and has("in addition", claim.sentence[max(0, at - 20) : at]))
