"""Roads, bridges, crossings, ports and entrances: what can stand for one in a rule of lexicon/routes.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from claimstream.reading.rules.assets import Named, name_asset
from claimstream.reading.rules.clauses import Clauses, Item
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.slots import WORDS, Slots
from claimstream.reading.rules.subjects import is_word
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.waynames import (
    name_way,
    numbered,
    part_of_way,
    shared_head,
    siege_words,
    way_of_service,
    way_words,
)
from claimstream.reading.rules.words import lexicon

_OF_TOWN = {
    "traffic-gets-in": "road to {}",
    "one-drives-there": "road to {}",
    "ship-docks-in-town": "{} port",
    "flight-lands-in-town": "{} airport",
    "planes-land-in-town-again": "{} airport",
    "runs-to-town": "road to {}",
    "crosses-at": "{} crossing",
    "possible-to-drive-to-town": "road to {}",
    "trains-run-to-town": "railway to {}",
    "town-reached-again": "road to {}",
    "town-accessible-again": "road to {}",
}
"""Rules that find a town where its port, its airport or the road to it is meant."""
_TRAINS = frozenset("train trains railway".split())
"""Words that make of "the Belen line" one for trains."""
_FORMERLY = frozenset("yesterday formerly once earlier previously".split())
_STORMS = frozenset("hurricane cyclone typhoon storm tornado".split())
_REACHING = frozenset("reach relieve reconnect resupply supply".split())
_CLEARING = frozenset("clear remove lift dismantle bulldoze push drag shovel".split())
_CROSSED = frozenset("dam dyke barrage weir sluice locks".split())
_YEARLY = frozenset("year annually yearly".split())
_ENDS = frozenset((("between", "and"), ("from", "to")))
"""Prepositions before the two ends of a line."""
_BESIDE = frozenset(("at", "on", "beside", "near"))
_NAMED_SLOTS = frozenset(("hub", "span", "barrier"))


class Ways(Slots):
    """What the rules of routes ask of a noun phrase."""

    def accepts(self, clauses: Clauses, item: Item, slot: str) -> bool:
        """Whether the item can stand in the slot; those for ways and for what travels on them are decided here."""
        words, phrase = way_words(), clauses.phrases[item.at]
        if slot in ("route", "road"):
            return self._is_way(item, pronoun=slot == "route")
        if slot in _NAMED_SLOTS:
            named = self.named_way(item) if phrase.cls not in ("pron", "time", "people") else None
            whole = self._whole(phrase) or part_of_way(clauses, item)
            return named is not None and named.head in words[slot] and whole
        if slot == "obstacle":
            return phrase.word in words["obstacle"] and self._inner_way(item) is not None
        if slot == "onway":
            return phrase.word in words["debris"] and self._inner_way(item) is not None
        if slot == "noway":
            return self._none(item.at) and phrase.cls == "asset" and self.accepts(clauses, item, "oneway")
        if slot == "service":
            return self._is_service(phrase) and (self._inner_way(item) is not None or self._served(item) is not None)
        if slot == "crossers":
            return phrase.word in words["crossers"] and self._able_behind(item.at)
        if slot == "passing":
            return self._inner_way(item) is None and self.accepts(clauses, item, "traffic")
        if slot == "newway":
            return phrase.det in ("a", "an") and phrase.word in ("corridor", "path", "passage", "lane")
        if slot == "services":
            return phrase.word in words["service"]
        if slot == "itsservice":
            alone = item.end == item.at + 1 and phrase.owner is None and set(phrase.names) <= {phrase.head}
            return alone and phrase.word in words["passing"]
        if slot == "nobody":
            body = phrase.cls == "pron" or phrase.word in words["anybody"]
            return self._none(item.at) and body and self._nothing_at_all(item)
        if slot == "flight":
            peaceful = not words["peaceful"].isdisjoint(m.lower() for m in phrase.mods)
            if phrase.owner is not None and phrase.owner.cls == "people":
                return False  # "the minister's flight landed in Rome"
            return phrase.word in words["flights"] | words["freighters"] or (
                phrase.word in words["planes"] and (peaceful or self._none(item.at))
            )
        if slot == "notraffic":
            return self._none(item.at) and phrase.word in words["carried"] | words["anybody"]
        if slot == "oneway":
            return not phrase.plural and phrase.cls != "pron" and self.accepts(clauses, item, "way")
        if slot == "unit":
            return phrase.cls == "side" and phrase.word in siege_words()["unit"] and item.end == item.at + 1
        if slot in ("kettle", "garrison", "pincers"):
            return phrase.word in siege_words()[slot]
        if slot == "settlement":
            kinds = lexicon().assets.get(phrase.word, frozenset())
            return (phrase.cls == "name" or "settlement" in kinds) and super().accepts(clauses, item, "town")
        if slot == "folk":
            counted = phrase.cls == "share" and not phrase.names
            return phrase.cls == "people" or counted or self.is_armed(item.at)
        if slot == "ringed":
            follow = self.phrases[item.at + 1].word if item.at + 1 < self.clauses.count else ""
            alone = item.end == item.at + 1 and not phrase.names and phrase.owner is None
            alone = alone and follow not in ("of", "around", "round", "about")
            return alone and phrase.word in siege_words()["ring"] and phrase.det in ("the", "a", "this", "that")
        if slot == "speakers":
            return phrase.cls == "pron" and phrase.word in ("we", "they")
        if slot == "shutin":
            return phrase.cls in ("people", "side") or phrase.word in ("we", "they", "he", "i")
        if slot == "traffic" and phrase.word in ("nothing", "nobody") and not self._nothing_at_all(item):
            return False  # "nothing but tractors gets through"
        if slot == "atbarrier":
            inner = item.at + 2
            stands = (
                phrase.cls in ("side", "people") and inner < item.end and clauses.phrases[inner - 1].word in _BESIDE
            )
            return stands and self.accepts(clauses, Item(inner, item.end), "barrier")
        if slot == "namedtown":
            known = self.known.get(phrase.head, "place")
            return phrase.cls == "name" and known == "place" and not self._is_way(item, pronoun=False)
        if slot == "thing" and phrase.det in ("the", "this", "that"):
            return False  # "the town is not encircled" says which
        if slot == "trapped":
            shut_in = not siege_words()["shut_in"].isdisjoint(phrase.mods)
            return shut_in and item.end > item.at + 2 and phrase.word in siege_words()["encircled"]
        if slot == "norelief":
            return self._none(item.at) and self.accepts(clauses, item, "relieving")
        if slot == "relieving":
            freight = self.phrases[item.at + 2].word if item.end > item.at + 2 else ""  # "not a sack of flour"
            return phrase.word in words["relieving"] or freight in words["relieving"]
        if slot == "supplied":
            shut = phrase.det == "the" and phrase.cls == "asset" and phrase.word in words["supplied"]
            return shut or self.accepts(clauses, item, "namedtown")
        if slot == "bothends":
            return self._other_end(item.at) >= 0 and self.accepts(clauses, item, "namedtown")
        if slot in words:
            return phrase.word in words[slot] or self._counted_in(item) in words[slot]
        if slot == "traffic" and self._counted_in(item) in WORDS["traffic"]:
            return True
        return super().accepts(clauses, item, slot)

    def _able_behind(self, at: int) -> bool:
        """Whether "can" or "cannot" follows: what people can do, not what some did."""
        verb = self.phrases[at + 1] if at + 1 < self.clauses.count else None
        return verb is not None and verb.kind == "vg" and verb.aux in ("can", "could")

    def _counted_in(self, item: Item) -> str:
        """The noun behind what only counts it: "two of the lorries", "an unbroken line of lorries"; or ""."""
        phrase = self.phrases[item.at]
        counts = phrase.cls == "share" or phrase.word in way_words()["row"]
        linked = item.at + 2 < self.clauses.count and self.phrases[item.at + 1].word == "of"
        return self.phrases[item.at + 2].word if counts and linked else ""

    def _nothing_at_all(self, item: Item) -> bool:
        """Whether no "but" or "except" follows "nothing"."""
        return item.at + 1 >= self.clauses.count or self.phrases[item.at + 1].word not in ("but", "except")

    def _is_way(self, item: Item, pronoun: bool) -> bool:
        """Whether the item is a road, or another thing to pass; with `pronoun` also an "it" that can stand for one."""
        phrase = self.phrases[item.at]
        if shared_head(self.clauses, item.at) >= 0 or numbered(phrase, self.tokens):
            return True
        if phrase.cls == "pron":
            return pronoun and self._stands_for_way(phrase.word, item.at)
        if self._crossing(phrase) is not None:
            return True
        if phrase.word == "side" and phrase.det in ("its", "their") and part_of_way(self.clauses, item):
            return True
        if phrase.cls in ("time", "people", "own", "side") or phrase.word in lexicon().not_assets:
            return False
        if self._means(item):
            return False
        if part_of_way(self.clauses, item):
            return True
        behind = [other.word for other in self.phrases[item.at + 1 : item.at + 3]]
        if len(behind) == 2 and behind[0] == "to" and behind[1] in way_words()["abstract"]:
            return False  # "the road to peace"
        named = name_asset(self.clauses, self.tokens, item)
        return named is not None and not named.pron and self._names_way(item, phrase, named)

    def _crossing(self, phrase: Phrase) -> Named | None:
        """The crossing whose name stands without its noun, by what the article calls it elsewhere."""
        if phrase.cls != "name" or not self.crossings or phrase.form == "gen":
            return None
        text = " ".join(token.text for token in self.tokens[phrase.start : phrase.end])
        noun = self.crossings.get(text)
        if noun is None:
            return None
        kinds = lexicon().assets.get(noun, frozenset(("route",)))
        return Named(f"{text} {noun}", kinds, head=noun, first=phrase.start, last=phrase.end)

    def _means(self, item: Item) -> bool:
        """Whether the noun only says how: "brought by road"."""
        bare = item.end == item.at + 1 and self.phrases[item.at].end == self.phrases[item.at].start + 1
        return bare and item.at > 0 and self.phrases[item.at - 1].word == "by" and not self.phrases[item.at].names

    def _stands_for_way(self, word: str, at: int) -> bool:
        """Whether a pronoun can mean a road: one named before it in the sentence, or in the sentence before."""
        if word == "anything":  # "they haven't opened anything": of the roads just spoken of, if of any
            return True
        first = max(0, at - 40)
        before = [
            phrase
            for k, phrase in enumerate(self.phrases[first:at], first)
            if phrase.cls in ("asset", "name") and not self._only_tells_where(k)
        ]
        return word in ("it", "itself") and (
            not before
            or any("route" in lexicon().assets.get(phrase.word, ()) or self._crossing(phrase) for phrase in before)
        )

    def _only_tells_where(self, k: int) -> bool:
        """Whether the place at phrase `k` is no road, and behind a preposition: "farmers who arrived in Belen"."""
        route = "route" in lexicon().assets.get(self.phrases[k].word, ())
        return not route and k > 0 and is_word(self.phrases[k - 1], "I")

    def _names_way(self, item: Item, phrase: Phrase, named: Named) -> bool:
        words = way_words()
        if named.head in words["entrance"]:
            return self._leads(item, phrase) or (named.head in words["barrier"] and self._lies_at_name(item))
        if named.head in words["line"]:
            told = bool(phrase.names) or phrase.det == "the"
            trains = told and not _TRAINS.isdisjoint(p.word for p in self.phrases)
            end = item.at + 2  # "the line to Belen is open"
            leads = end < self.clauses.count and self.phrases[end].cls == "name" and phrase.det == "the"
            leads = leads and self.phrases[end - 1].word in ("to", "with", "between")
            leads = leads and named.head in ("line", "lines") and words["compass"].issuperset(phrase.mods[1:])
            return trains or leads or not words["of_line"].isdisjoint(phrase.mods)
        if named.head in words["barrier"] and (phrase.names or "border" in phrase.mods or self._lies_at_name(item)):
            return True
        if named.head in words["point"]:
            return not words["of_point"].isdisjoint(phrase.mods)
        if (
            named.head in words["figurative"]
            and phrase.det in ("a", "an", "no", "their", "its", "his", "")
            and item.end == item.at + 1
        ):
            return False
        if named.head.removesuffix("s") == "tunnel" and not (phrase.names or self._lies_at_name(item)):
            return phrase.det == "the" and not phrase.plural  # fighters have tunnels too
        if named.head == "access":  # "road access to Belen"
            return not words["of_line"].isdisjoint(phrase.mods)
        return named.head in words["hub"] or ("route" in named.classes and named.head not in words["no_way"])

    def _lies_at_name(self, item: Item) -> bool:
        """Whether a name says where it is: "the checkpoint at Sarab"."""
        inner = item.at + 2
        linked = inner < self.clauses.count and self.phrases[inner - 1].word in ("at", "near", "outside")
        return linked and self.phrases[inner].cls == "name"

    def _leads(self, item: Item, phrase: Phrase) -> bool:
        """Whether a gate is one of a town: "the western entrance", "the gate of the city", "Sarab gate"."""
        every = phrase.plural and phrase.det in ("all", "both", "every")
        if phrase.names or every or not way_words()["compass"].isdisjoint(phrase.mods):
            return True
        inner = item.at + 2
        if inner >= self.clauses.count or self.phrases[inner - 1].word not in ("of", "to", "into", "from", "on"):
            return False
        follow = self.phrases[inner]
        if self.phrases[inner - 1].word == "on":  # "the gate on the east side"
            return follow.word == "side" and (bool(follow.names) or not way_words()["compass"].isdisjoint(follow.mods))
        if follow.word in way_words()["hub"]:
            return True
        return follow.cls == "name" or "settlement" in lexicon().assets.get(follow.word, frozenset())

    def _whole(self, phrase: Phrase) -> bool:
        """Whether bridges are meant as such ("the bridge", "both bridges"), not counted ("five of the bridges")."""
        numbers = way_words()["numbers"]
        if any(word[0].isdigit() or word in numbers for word in (*phrase.mods, phrase.det or "-")):
            return False
        return not phrase.plural or bool(phrase.names) or phrase.det not in ("", "some", "several", "many", "most")

    def _is_service(self, phrase: Phrase) -> bool:
        """Whether the noun is what goes on on a way: "crossing through the corridor is suspended" is no crossing."""
        a_way = "route" in lexicon().assets.get(phrase.word, ())
        named = bool(phrase.det or phrase.names or phrase.owner or phrase.mods)
        if phrase.word in ("operations", "work") and not self._of_hub(phrase):
            return False
        return phrase.word in way_words()["service"] and not (a_way and named)

    def _of_hub(self, phrase: Phrase) -> bool:
        """Whether "operations" are those of a port or an airport, and "work" is no building site."""
        at = next((at for at, one in enumerate(self.phrases) if one is phrase), 0) + 2
        if at >= self.clauses.count or not way_words()["warlike"].isdisjoint(phrase.mods):
            return False
        link = self.phrases[at - 1].word
        return link in ("at", "in", "of", "from") and self.phrases[at].word in way_words()["hub"]

    def _inner_way(self, item: Item) -> Item | None:
        """The way inside "flights from Belen airport", "traffic on the coast road", "shipping to and from the port"."""
        at = item.at + 1
        for _ in range(6):
            if at + 1 >= self.clauses.count or self.phrases[at].kind != "w" or self.phrases[at].cls not in "ITK":
                return None
            at += 1
            if self.phrases[at].kind == "np":
                inner = Item(at, self.clauses._tail(at))
                if self._is_way(inner, pronoun=False) or self._crossed(at) or self._flown_to(item, inner):
                    return inner
                if self.phrases[at - 1].word != "of":
                    return None
                at += 1  # "the movement of lorries through the crossing"
        return None

    def _crossed(self, at: int) -> bool:
        """Whether the noun at `at` is what traffic goes over without being a road: "traffic across the dam"."""
        return self.phrases[at].word in _CROSSED and self.phrases[at - 1].word in ("across", "over")

    def _flown_to(self, item: Item, inner: Item) -> bool:
        """Whether flights are those of a town, which stands for its airport: "flights at Belen"."""
        flights = self.phrases[item.at].word in way_words()["flights"]
        flights = flights and self.phrases[inner.at - 1].word in ("at", "from", "of")
        return flights and self.accepts(self.clauses, Item(inner.at, inner.at + 1), "namedtown")

    def _served(self, item: Item) -> Named | None:
        """The railway or the ferry on which the service runs: "trains between A and B", "ferry services to A"."""
        phrase, at = self.phrases[item.at], item.at + 2
        on = next((way for word in (phrase.word, *phrase.mods) if (way := way_of_service(word))), "")
        if not on or at >= self.clauses.count:
            return None
        if self.phrases[at].cls == "asset" and self.phrases[at - 1].word in ("between", "to") and phrase.mods:
            first, last = phrase.start, self.phrases[at].end  # "high-speed trains between the two cities"
            text = " ".join(t.text for t in self.tokens[first : phrase.end])
            return Named(text, frozenset(("route",)), head=on, generic=True, first=first, last=last)
        if self.phrases[at].cls != "name":
            return None
        link, place = self.phrases[at - 1].word, self._text(at)
        second = at + 2 < self.clauses.count and self.phrases[at + 2].cls == "name"
        if second and (link, self.phrases[at + 1].word) in _ENDS:
            place, end, text = self._text(at + 2), at + 2, f"{place}-{self._text(at + 2)} {on}"
        elif link in ("to", "from"):
            end, text = at, f"{on} {link} {place}"
        else:
            return None
        first, last = phrase.start, self.phrases[end].end
        return Named(text, frozenset(("route",)), place=place, head=on, first=first, last=last)

    def _other_end(self, at: int) -> int:
        """The second town of "between A and B", "from A to B", whose first stands at `at`; or -1."""
        behind = at + 2
        if not at or behind >= self.clauses.count or self.phrases[behind].cls != "name":
            return -1
        return behind if (self.phrases[at - 1].word, self.phrases[at + 1].word) in _ENDS else -1

    def _text(self, at: int) -> str:
        """The words of the name at `at`."""
        phrase = self.phrases[at]
        return " ".join(t.text for t in self.tokens[phrase.start : phrase.end] if t.lower not in lexicon().closed)

    def _encircling(self, k: int) -> bool:
        """Whether the verb means a siege: not "surrounded by orchards", not "cut off from electricity"."""
        words = siege_words()
        for j in range(k + 1, min(k + 4, self.clauses.count - 1)):
            inner = self.phrases[j + 1]
            ringed = self.phrases[k].word in ("surround", "ring", "besiege")
            if ringed and self.phrases[j].word == "by" and inner.kind == "np":
                return inner.word not in words["scenery"]
            if self.phrases[j].word == "from" and inner.word in words["utilities"]:
                return False
        return True

    def _blockaded(self, finding: Finding, named: Named) -> bool:
        """Whether what is cut off is a road, or a port under blockade: it is closed then, not besieged."""
        if named.classes == {"route"}:
            return True
        span = self.tokens[max(0, finding.start - 3) : finding.end]
        return named.head in way_words()["hub"] and any(token.lower.startswith("blockad") for token in span)

    def settled(self, finding: Finding) -> Finding:
        """The finding with its last touches: a blockaded road is closed, and a landslide is no side."""
        named = finding.asset
        if finding.kind == "siege" and named is not None and self._blockaded(finding, named):
            finding = replace(finding, kind="route", holds={"yes": "no", "no": "yes"}.get(finding.holds, finding.holds))
        if finding.kind == "siege" and finding.holds == "yes" and self._reached(finding.verb):
            finding = replace(finding, holds="no", side=-1, sides=(), words="")
        if finding.kind == "route" and finding.holds == "no" and self._cleared(finding.verb):
            finding = replace(finding, holds="yes", side=-1, sides=(), words="")
        if finding.rule in _OF_TOWN and named is not None:  # "no ship has docked in Belen"
            named.text = _OF_TOWN[finding.rule].format(named.text)
        if finding.rule in ("traffic-between", "takes-hours-between") and named is not None:
            at = next((k for k, phrase in enumerate(self.phrases) if phrase.start == named.first), 0)
            end = self._other_end(at)
            named.text = f"{self._text(at)}-{self._text(end)} road" if end >= 0 else named.text
        if finding.kind != "control" and finding.side >= 0 and not self.is_side(finding.side):
            finding = replace(finding, side=-1, sides=())
        return finding

    def _storm(self, k: int) -> bool:
        """Whether the phrase names a storm, which takes no place for a side."""
        return self.tokens[self.phrases[k].start].lower in _STORMS

    def _reached(self, k: int) -> bool:
        """Whether those cut off have been reached: "reached the village, which had been cut off since Monday"."""
        if k < 3 or k >= self.clauses.count or self.phrases[k].kind != "vg":
            return False
        if "W" not in (self.phrases[k - 1].cls, self.phrases[k - 2].cls):
            return False
        said = {token.lower for token in self.tokens[self.phrases[k].start : self.phrases[k].end]}
        if said.isdisjoint(("had", "was", "were")):
            return False
        return self._done(self.clauses.verb_before(k), _REACHING)

    def _done(self, verb: int, lemmas: frozenset[str]) -> bool:
        """Whether the verb is one of those, and told as having happened."""
        if verb < 0 or self.phrases[verb].word not in lemmas:
            return False
        status = self.clauses.status(verb)
        return status.real and not status.negated

    def _cleared(self, k: int) -> bool:
        """Whether what blocked the way has been taken off it: "cleared the landslide that had blocked the road"."""
        if k < 3 or k >= self.clauses.count or self.phrases[k].kind != "vg" or self.phrases[k - 1].cls != "W":
            return False
        return self.phrases[k].perfect and self._done(self.clauses.verb_before(k), _CLEARING)

    def standing(self, found: list[Finding]) -> list[Finding]:
        """Without what the sentence goes on to say is otherwise now: "the port, closed since May, is open again"."""
        last: dict[tuple[str, str], int] = {}
        for finding in found:
            if finding.kind == "route" and finding.asset is not None:
                key = (finding.asset.text, finding.holds)
                last[key] = max(last.get(key, -1), finding.verb)
        kept = []
        roads = any(finding.kind == "route" for finding in found)
        relieved = {f.asset.text for f in found if f.kind == "siege" and f.asset is not None and not f.passing}
        for finding in found:
            if finding.kind == "control" and 0 <= finding.side < self.clauses.count and self._storm(finding.side):
                continue  # "Hurricane Odile came ashore at Belen"
            if finding.rule == "siege-stands" and self._lifted_before(finding):
                continue  # "talks on lifting the blockade continue"
            if roads and finding.rule == "no-way-out":
                continue  # "no road out of Belen is open" tells of the roads
            if finding.passing and finding.kind == "siege" and finding.asset and finding.asset.text in relieved:
                continue  # "relieved the besieged town"
            turned = "no" if finding.holds == "yes" else "yes"
            later = last.get((finding.asset.text, turned), -1) if finding.asset is not None else -1
            apposed = finding.kind == "route" and self._apposed(finding.verb)
            shot_at = finding.rule == "route-closed" and self.tokens[finding.end - 1].lower in way_words()["gunfire"]
            if shot_at:  # "under fire, but it is not cut"
                later = max(later, last.get(("it", turned), -1))
            overtaken = later > finding.verb and (apposed or shot_at or self._past(finding.verb, later))
            if finding.kind == "route" and finding.holds == "no" and self._lane_only(finding):
                continue
            closed = finding.kind == "route" and finding.holds == "no" and self._led_by_comma(finding.verb)
            overtaken |= closed and 0 <= later < finding.verb and not self._apposed(later)
            yearly = finding.rule in ("receives", "carries-traffic") and any(
                t.lower in _YEARLY for t in self.tokens[finding.end :]
            )
            if not overtaken and not yearly and not (finding.kind == "route" and self._long_since(finding, last)):
                kept.append(finding)
        return kept

    def _long_since(self, finding: Finding, last: Mapping[tuple[str, str], int]) -> bool:
        """Whether the verb says what a way is for, or how it was: "which carries the traffic", "after it was shut"."""
        k = finding.verb
        if not 1 < k < self.clauses.count or self.phrases[k].kind != "vg" or finding.asset is None:
            return False
        if finding.rule == "carries-traffic" and finding.holds == "yes" and not self.phrases[k].aux:
            return self.phrases[k - 1].cls == "W"
        subject = self.clauses.subject(k)
        before = self.phrases[subject[0] - 1].word if subject and subject[0] else ""
        turned = "no" if finding.holds == "yes" else "yes"
        others = (finding.asset.text, "it") if finding.asset.text != "it" else tuple(text for text, _ in last)
        return before == "after" and any((text, turned) in last for text in others)

    def _lifted_before(self, finding: Finding) -> bool:
        """Whether the siege that is said to go on is the object of a gerund: what goes on is the talking."""
        for k in range(1, min(finding.verb, self.clauses.count) - 1):
            gerund = self.phrases[k].kind == "vg" and is_word(self.phrases[k - 1], "IT") and not self.phrases[k].aux
            if gerund and self.phrases[k + 1].word in ("siege", "blockade", "encirclement"):
                return True
        return False

    def _lane_only(self, finding: Finding) -> bool:
        """Whether only a lane of the way is meant: it is not closed when one lane is."""
        at = next((j for j, p in enumerate(self.phrases) if finding.asset and p.start == finding.asset.first), 0)
        lane = self.phrases[at - 2] if at > 1 and self.phrases[at - 1].word == "of" else None
        return lane is not None and lane.word in way_words()["lane"] and lane.det not in ("all", "both")

    def _past(self, one: int, later: int) -> bool:
        """Whether the first verb says how it was and the second how it is: "yesterday was closed and today is open"."""
        if not (0 <= one < self.clauses.count and later < self.clauses.count):
            return False
        ahead = {token.lower for token in self.tokens[max(0, self.phrases[one].start - 3) : self.phrases[one].end + 1]}
        second = self.tokens[self.phrases[later].start].lower
        return not ahead.isdisjoint(_FORMERLY) and second in ("is", "are", "has", "have", "remains", "'s", "'re")

    def _apposed(self, k: int) -> bool:
        """Whether the verb at `k` stands in an insertion: ", closed since May,", "which was closed"."""
        return self._led_by_comma(k) or (
            0 < k < self.clauses.count and self.phrases[k].kind == "vg" and is_word(self.phrases[k - 1], "W")
        )

    def _led_by_comma(self, k: int) -> bool:
        """Whether the verb at `k` has no auxiliary and stands behind a comma: ", closed since May"."""
        if not 0 < k < self.clauses.count:
            return False
        verb = self.phrases[k]
        return verb.kind == "vg" and not verb.aux and self.phrases[k - 1].word == ","

    def _owned_way(self, phrase: Phrase) -> Named | None:
        """The way whose closure the noun tells: "the airport's closure", "its closure"."""
        owner = phrase.owner
        if owner is None:
            its = phrase.det == "its"
            return Named("it", frozenset(), pron="it", first=phrase.start, last=phrase.end) if its else None
        kinds = lexicon().assets.get(owner.word, frozenset())
        if "route" not in kinds or owner.plural:
            return None
        text = " ".join(t.text for t in self.tokens[owner.start : owner.end] if t.lower not in lexicon().closed)
        named = Named(text, kinds, generic=not owner.names, definite=True, head=owner.word)
        named.first, named.last = owner.start, phrase.end
        return named

    def named_way(self, item: Item) -> Named | None:
        """The natural name of the way, also of the one inside "flights from Belen airport"."""
        phrase = self.phrases[item.at]
        words = way_words()
        within = self._is_service(phrase) or phrase.word in words["obstacle"] | words["debris"]
        inner = self._inner_way(item) if within else None
        crossing = self._crossing(self.phrases[(inner or item).at])
        served = self._served(item) if within and inner is None else None
        named = crossing or served or name_way(self.clauses, self.tokens, inner or item)
        if named is not None and inner is not None and crossing is None and self._flown_to(item, inner):
            named.text = f"{named.text} airport"
        return named
