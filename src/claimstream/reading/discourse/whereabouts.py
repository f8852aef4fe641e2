"""Where "the port" lies: the town that its sentence, or the one before, ties a thing without a name to."""

from __future__ import annotations

from claimstream.lexicon.places import candidates, capitals, is_town, normal
from claimstream.reading.discourse.actors import BACK
from claimstream.reading.discourse.groups import townlike_name
from claimstream.reading.discourse.parsed import Parsed, once
from claimstream.reading.discourse.reference import Discourse
from claimstream.reading.discourse.towns import dated, told
from claimstream.reading.rules.assets import Named, demonyms
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.waynames import way_words
from claimstream.reading.rules.words import listed

_TOWNS = frozenset(("city", "town", "village", "hamlet", "capital", "township", "municipality", "settlement"))
_WITHIN = frozenset(("in", "inside", "into", "at"))
_ABOUT = frozenset(("in", "at", "from", "off", "into", "inside"))
_POINTING = frozenset(("its", "their"))
_VOICES = frozenset("television tv radio government press newspapers newspaper media rulers channel channels".split())
"""Who speaks from a town, of things elsewhere."""
_COMING = frozenset("enter storm invade penetrate seize capture retake recapture take overrun occupy".split())


def whereabouts(discourse: Discourse, i: int, named: Named) -> str:
    """The town where the thing lies that `named` calls by a common noun alone; "" where the words do not tell."""
    if named.place or named.pron or not named.generic or not _lies_somewhere(named):
        return ""
    parsed = discourse.parsed(i)
    at = next((k for k, phrase in enumerate(parsed.phrases) if phrase.kind == "np" and phrase.end > named.first), -1)
    if at < 0:
        return ""
    phrase, tokens = parsed.phrases[at], parsed.sentence.tokens
    there = phrase.end < len(tokens) and tokens[phrase.end].lower == "there"
    pointing = there or (phrase.det in _POINTING and phrase.owner is None)
    if not pointing and not named.definite:
        return ""
    found = _opening(discourse, i, at)
    if not found and (pointing or not parsed.sentence.title):
        found = _beside(discourse, i, at, pointing)
    spots: list[tuple[int, str, str]] = once(discourse.made, "spots", list)
    if not found and i and not parsed.sentence.title:
        same = [place for j, head, place in spots if head == named.head and i - j <= BACK]
        found = same[-1] if same else (pointing and _last_held(discourse, i)) or _carried(discourse, i)
    if found:
        spots.append((i, named.head, found))
    return found


def _lies_somewhere(named: Named) -> bool:
    """Whether the thing stands at a place, as a port does and a road does not."""
    return "site" in named.classes or named.head in way_words()["hub"] | way_words()["barrier"]


def _last_held(discourse: Discourse, i: int) -> str:
    """The place that the sentence before told of, for "its airport"."""
    held = [focus.text for j, focus in discourse.focus[-2:] if j == i - 1 and not focus.generic and not focus.pron]
    return held[-1] if held and townlike_name(held[-1]) else ""


def _carried(discourse: Discourse, i: int) -> str:
    """The place that the sentence before, of the same paragraph, begins with."""
    here, before = discourse.sentences[i], discourse.sentences[i - 1]
    if before.title or before.paragraph != here.paragraph:
        return ""
    return _opening(discourse, i - 1, len(discourse.parsed(i - 1).phrases)) or _only(discourse, i - 1)


def _only(discourse: Discourse, i: int) -> str:
    """The one town that sentence `i` names: "was turned away from Darin. The port is closed"."""
    parsed = discourse.parsed(i)
    here = told(parsed)
    if len({one.name for one in here}) != 1 or normal(here[0].name) in capitals():
        return ""  # the capital is where people speak
    at = here[0].at
    led = parsed.phrases[at - 1].word if at else ""
    return _town(discourse, parsed, parsed.phrases[at], sure=led not in _WITHIN) if led in _ABOUT else ""


def _opening(discourse: Discourse, i: int, before: int) -> str:
    """The place that sentence `i` begins with: "In Belen ...", "At Darin, ...", "As for Sarab, ..."."""
    parsed = discourse.parsed(i)
    phrases = parsed.phrases
    if len(phrases) < 3 or phrases[0].word not in listed("regarding"):
        return ""
    at = 2 if phrases[1].word in ("for", "to") else 1
    if at >= before or phrases[at].cls != "name" or parsed.seat(at):
        return ""
    return _town(discourse, parsed, phrases[at], sure=True)


def _beside(discourse: Discourse, i: int, at: int, pointing: bool) -> str:
    """The town named before phrase `at` in the same sentence, of which or in which something is said."""
    parsed = discourse.parsed(i)
    scenes = {item.at for item in parsed.scenes}
    for k in range(at - 1, -1, -1):
        phrase = parsed.phrases[k]
        if phrase.kind != "np":
            continue
        if phrase.owner is not None and phrase.owner.cls == "name" and phrase.cls in ("people", "other"):
            town = "" if phrase.word in _VOICES else _town(discourse, parsed, phrase.owner, sure=False)
            if town:
                return town  # "Belen's harbour master says the port is shut"
        named = phrase.cls == "name" or (phrase.names and phrase.word in _TOWNS)
        if not named or not _told_of(parsed, k, pointing):
            continue
        within = _come_into(parsed, k)
        if k not in scenes and not within and not (pointing and _raised(parsed, k, at)):
            continue
        town = _town(discourse, parsed, phrase, sure=pointing or within)
        if town:
            return town
    return ""


def _come_into(parsed: Parsed, k: int) -> bool:
    """Whether somebody has come into the place at `k`: "entered Darin from the west and hold the market"."""
    led = parsed.phrases[k - 1] if k else parsed.phrases[k]
    return led.kind == "vg" and led.word in _COMING and led.real and not led.negated and not led.passive


def _raised(parsed: Parsed, k: int, at: int) -> bool:
    """Whether the name at `k` may be that of the place which "its" or "there" at `at` points to.

    "Entered Darin and seized the base there", "Darin, with its hospital", not "Darin lost its base".
    """
    return not parsed.seat(k) and (
        (bool(k) and parsed.phrases[k - 1].kind == "vg") or parsed.phrases[at - 1].word == "with"
    )


def _told_of(parsed: Parsed, k: int, pointing: bool) -> bool:
    """Whether something is said of the place at phrase `k`, or in it; not of the way to it, or of who speaks there."""
    if not k:
        return True
    led = parsed.phrases[k - 1]
    if led.kind == "vg" or led.word in ("and", ","):
        return True
    head = parsed.phrases[k - 2] if k > 1 else led
    if led.word in _WITHIN:
        return pointing or head.kind != "np" or head.word in listed("locals") or head.cls in ("asset", "name")
    return led.word in ("of", "from") and (head.cls == "people" or head.word in listed("locals") | _TOWNS)


def _town(discourse: Discourse, parsed: Parsed, phrase: Phrase, sure: bool) -> str:
    """The name in the phrase where it is a town's; a name that nobody knows only where that is `sure`."""
    text = " ".join(parsed.sentence.tokens[n].text for n in phrase.names)
    if not text or text.isupper() or dated(parsed, phrase.start, phrase.end):
        return ""
    if parsed.known.get(phrase.head, "place") != "place" or phrase.word in demonyms() or not townlike_name(text):
        return ""
    called = discourse.kinds.get(text, set())
    if called:
        return text if called & _TOWNS else ""
    if candidates(normal(text)):
        return text if is_town(text) else ""
    return text if sure and not phrase.det and not phrase.plural else ""
