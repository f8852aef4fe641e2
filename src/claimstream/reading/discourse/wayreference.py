"""Which road "it" is, and which town nobody leaves: references of claims on routes and sieges."""

from __future__ import annotations

from claimstream.reading.discourse.actors import BACK
from claimstream.reading.discourse.parsed import Parsed
from claimstream.reading.discourse.reference import Discourse
from claimstream.reading.rules.assets import Named, name_asset
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.waynames import name_way, way_words
from claimstream.reading.rules.words import lexicon

_OF_PEOPLE = ("nobody", "shut-in", "ring", "in-there")
"""Rules of sieges that speak of people or of the ring alone: those of the town last spoken of."""
_AFLOAT = ("ship", "no-ship")
_ALOFT = ("flight", "no-flight")
_TO_TOWN = ("no-aid-reaches", "no-aid-delivered", "no-aid-brought", "aid-reaches-besieged")
"""Rules that find a place where any way to it is meant."""
_PARTS = frozenset("runway runways terminal terminals".split())
"""Nouns of what is part of an airport or a port: a flight lands at the airport, though the runway was named last."""
_ITS = "its-service"
"""Rules that take traffic of which no more is said for that on the way just claimed about."""
_NEAR = 2
"""How many sentences back a road may stand that "it" means."""


def referent(discourse: Discourse, i: int, finding: Finding, named: Named) -> tuple[str, str, bool]:
    """Name, place and whether it could be resolved, of the asset that a finding in sentence `i` is about."""
    town = finding.kind == "siege" and named.generic and named.definite and named.text in ("city", "town")
    if town and discourse.besieged:
        return discourse.besieged[-1], "", True
    if finding.kind == "control" or not named.pron:
        found_name, place, sure = discourse.asset(i, named, named.first)
        if finding.rule in _TO_TOWN and found_name[:1].isupper():
            return f"road to {found_name}", place, sure  # "no convoy has reached Belen"
        return found_name, place, sure
    if finding.kind == "siege":
        stood = _stands_at(discourse, i, finding) if named.head == "focus" and finding.rule == "shut-in" else None
        if stood is not None:
            return discourse.asset(i, stood, stood.first)
        ours = named.head == "focus" or named.pron in ("we", "they")
        if ours and discourse.besieged and finding.rule != "besiege":
            return discourse.besieged[-1], "", True
        ended = finding.rule == "ends-siege" and discourse.reached(i, named.first) is not None
        if named.head == "focus" and not finding.rule.startswith(_OF_PEOPLE) and not ended:
            return discourse.asset(i, named, named.first)
        told = None if named.head == "focus" else discourse.topic(i, named.first)
        told = told or (discourse.at_home(i) if ours else None)
        if told is None and finding.rule == "ends-siege" and named.head == "focus":
            told = discourse.reached(i, named.first)
        if told is not None:
            return told.text, told.place, True
        wide = finding.rule == "nobody-besieges" and discourse.main_place  # "nobody has encircled anything"
        found = None if wide else _town_before(discourse, i, named)
        if found is None and finding.rule.startswith(_OF_PEOPLE) and discourse.main_place:
            return discourse.main_place, "", True
        return (found.text, found.place, True) if found else discourse.asset(i, named, named.first)
    if finding.rule.startswith(_ITS):
        way = discourse.ways[-1] if discourse.ways else None
        return (way[1].text, way[1].place, True) if way is not None and way[0] >= i - 1 else ("", "", False)
    reach = 1 if finding.rule == "lets-traffic-through-here" else BACK
    found = _way_before(discourse, i, named, _called_at(finding.rule), reach)
    return (found.text, found.place, True) if found else ("", "", False)


def _stands_at(discourse: Discourse, i: int, finding: Finding) -> Named | None:
    """Where those are who are shut in: "The marines at the port are surrounded on three sides"."""
    parsed = discourse.parsed(i)
    for at in parsed.clauses.subject(finding.verb)[:1]:
        here = at + 2 < finding.verb and parsed.phrases[at + 1].word in ("at", "in", "inside", "of", "on")
        if here and parsed.phrases[at + 2].cls in ("asset", "name"):
            item = next(iter(parsed.clauses.items(at + 2)), Item(at + 2, at + 3))
            named = name_asset(parsed.clauses, parsed.sentence.tokens, item)
            return named if named is not None and not (named.generic and "settlement" in named.classes) else None
    return None


def besieged_before(discourse: Discourse, i: int) -> str:
    """What "the siege" in sentence `i` is of: the place besieged before, the place of which the article speaks most."""
    if discourse.besieged:
        return discourse.besieged[-1]
    near = range(max(0, i - BACK), i + 1)
    main = discourse.main_place
    if any(main == name for j in near for _, name in discourse.parsed(j).proper_places):
        return main
    found = _scene_before(discourse, i, len(discourse.sentences[i].tokens))
    way = discourse.ways[-1] if discourse.ways else None
    if found is None and way is not None and way[0] >= i - 1 and way[1].text.startswith("Port "):
        return way[1].text  # "No tanker has reached Port Belen. The blockade is as tight as ever."
    return found.text if found is not None else main


def _called_at(rule: str) -> frozenset[str]:
    """The nouns of what a ship or a flight that a rule reads of can only have called at; empty for any way."""
    return way_words()["hub"] if rule.startswith(_AFLOAT + _ALOFT) else frozenset()


def _way_before(discourse: Discourse, i: int, named: Named, heads: frozenset[str], reach: int) -> Named | None:
    """The road, crossing or port spoken of last: for "it" that with which the sentence before began.

    With `heads` only what one of these nouns names, `reach` sentences back at most.
    """
    pronoun = named.pron == "it" and named.head != "focus"
    for back in range(min(reach, i + 1)):
        parsed = discourse.parsed(i - back)
        ways = [item for item in parsed.places if _is_way(parsed, item)]
        if heads:
            ways = [item for item in ways if parsed.phrases[item.at].word in heads]
            ways = [item for item in ways if parsed.phrases[item.at].word not in _PARTS] or ways
        if not back:
            ways = [item for item in ways if parsed.phrases[item.at].end <= named.first]
        elif pronoun:
            raised = all(phrase.kind != "vg" for phrase in parsed.phrases)  # "What of the bridge? It is closed."
            ways = [
                item
                for item in ways
                if item.at <= 1 or raised or _done_to(parsed, ways) or _focused(discourse, i - back)
            ]
        if not ways and pronoun and not heads and _focused(discourse, i - back):
            return discourse.ways[-1][1]  # "It was closed on Friday. It is open again."
        if ways:
            return name_way(parsed.clauses, parsed.sentence.tokens, ways[-1])
        if pronoun and back == _NEAR:
            return None
    return None


def _done_to(parsed: Parsed, ways: list[Item]) -> bool:
    """Whether people do something to the one thing the sentence is about: "Sappers tried to blow up the bridge"."""
    subject = parsed.phrases[0]
    doers = subject.kind == "np" and subject.cls in ("side", "people", "pron", "other")
    things = {parsed.phrases[item.at].head for item in parsed.places if parsed.phrases[item.at].cls == "asset"}
    return doers and len(ways) == 1 and len(things) == 1


def _focused(discourse: Discourse, i: int) -> bool:
    """Whether the asset last claimed about in sentence `i` was a road."""
    last = discourse.ways[-1] if discourse.ways else None
    return last is not None and last[0] == i


def _is_way(parsed: Parsed, item: Item) -> bool:
    word = parsed.phrases[item.at].word
    way = "route" in lexicon().assets.get(word, frozenset()) or word in way_words()["hub"] | way_words()["entrance"]
    return way and word not in way_words()["no_way"] and word not in ("way", "ways")


def _town_before(discourse: Discourse, i: int, named: Named) -> Named | None:
    """The town, camp or other place spoken of last: by name, or in the sentence itself by a common noun."""
    last = discourse.focus[-1] if discourse.focus else None
    near = i - (2 if named.head == "focus" else 0)
    if last is not None and last[0] >= near and last[1].classes != {"route"} and last[1].text:
        return last[1]
    for back in range(min(BACK, i + 1)):
        parsed = discourse.parsed(i - back)
        for item in reversed(parsed.places):
            phrase = parsed.phrases[item.at]
            if not back and phrase.end > named.first:
                continue
            if item.at and parsed.phrases[item.at - 1].word in ("tell", "inform"):
                continue  # "told Shan Valley in a message"
            kinds = lexicon().assets.get(phrase.word, frozenset()) if phrase.cls == "asset" else frozenset(("name",))
            common = not back and named.head != "focus" and not phrase.names
            if kinds & {"name", "settlement", "site", "area"} and (phrase.names or common):
                return name_asset(parsed.clauses, parsed.sentence.tokens, item)
    return _scene_before(discourse, i, named.first) if named.head == "focus" else None


def _scene_before(discourse: Discourse, i: int, before: int) -> Named | None:
    """The place without a name spoken of last, where none with a name is: "the mountain", "the camp"."""
    for back in range(min(BACK, i + 1)):
        parsed = discourse.parsed(i - back)
        for item in reversed(parsed.scenes):
            phrase = parsed.phrases[item.at]
            kinds = lexicon().assets.get(phrase.word, frozenset())
            known = phrase.det == "the" and kinds & {"site", "area"} and phrase.word not in lexicon().vague
            if known and (back or phrase.end <= before):
                return name_asset(parsed.clauses, parsed.sentence.tokens, item)
    return None
