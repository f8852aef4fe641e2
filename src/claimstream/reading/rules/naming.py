"""From the roles that a rule has filled to findings with names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimstream.reading.rules import patterns
from claimstream.reading.rules.assets import Named, demonyms, name_asset, numbering
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.houses import ministries
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.slots import INSIDE, WORDS
from claimstream.reading.rules.table import Finding, Gives, Rule
from claimstream.reading.rules.waynames import is_unit, singular
from claimstream.reading.rules.ways import Ways
from claimstream.reading.rules.words import lexicon, listed

_FOUGHT_OVER = INSIDE | {"of", "on", "around", "against"}
"""What stands between a siege or a fight and the place that it is over."""

_EXCEPT = frozenset("except excluding barring save apart aside bar minus".split())
_FRONTED = _EXCEPT | {"with"}
_FAR = {**dict.fromkeys("largely mostly mainly predominantly".split(), "most"), "partly": "part", "partially": "part"}
_ALL = frozenset("all every whole entire".split())


def _ordinal(word: str) -> bool:
    """Whether the word counts off: "fourth", "4th"."""
    return word in listed("ordinals") or (word[0].isdigit() and word[-2:] in ("st", "nd", "rd", "th"))


class Naming(Ways):
    """Turns filled roles into findings."""

    def _give(self, rule: Rule, k: int, roles: dict[str, list[Item]], negated: bool, end: int, words: str = "") -> bool:
        made = False
        denied = self.denied[k]
        for gives in rule.gives:
            if gives.said and not roles.get(gives.side):
                continue
            if (gives.soft and (negated or denied)) or (
                gives.side in ("holder", "side", "fighters") and not roles.get(gives.side) and rule.kind == "control"
            ):
                continue
            holds = gives.holds
            if holds == "contested" and (negated or denied):
                continue
            taker = rule.taker
            if rule.name == "take" and self.phrases[k].word in listed("back"):
                taker = "winner"
            if taker == "fallen":
                taker = "rebel" if negated ^ denied else "state"
            elif negated ^ denied:
                holds = "no" if holds == "yes" else "yes"
            side, name = self._side(gives.side, k, roles, words)
            if gives.side == "-" and holds == "no":
                name = self._lost_by(roles.get(gives.asset, ()))
            if (gives.soft or gives.side in ("owner", "subjectowner", "attacker")) and side < 0 and not name:
                continue
            sides = tuple(i.at for i in roles.get(gives.side, ()))
            for item, named in self._named_assets(rule, gives.asset, roles):
                if item is not None and named is None and rule.kind != "siege":
                    continue
                if gives.soft and named is not None and named.extent != "all":
                    continue
                clearing = rule.name in ("secure", "clear", "cleanse-of") and named is not None
                if clearing and named is not None and (named.extent != "all" or named.head == "mines"):
                    continue  # "cleared 90 per cent of the city" says how far, not whose the city is
                if side >= 0 and rule.kind == "control" and self.of_both(side):
                    side, name, sides, holds = -1, "", (), "contested"
                flip = named is not None and named.none and not negated
                final = {"yes": "no", "no": "yes"}.get(holds, holds) if flip else holds
                if rule.kind == "control" and named is not None and named.extent == "all" and final == "yes":
                    named = replace(named, extent=self._how_far(k))
                first = min(self.phrases[k].start, named.first if named else self.phrases[k].start)
                last = max(self.phrases[min(end, self.clauses.count) - 1].end, self.phrases[k].end)
                self.found.append(
                    Finding(
                        rule.name,
                        rule.kind,
                        final,
                        side,
                        named,
                        first,
                        last,
                        words=name,
                        taker="rebel" if flip and rule.taker == "fallen" else taker,
                        soft=gives.soft,
                        denial=denied,
                        turned=final != gives.holds,
                        sides=sides,
                        verb=k,
                        at=self._reference_at(gives.side, k, roles),
                    )
                )
                made = True
            self._exceptions(rule, gives, roles, holds, k, side, name)
            self._inclusions(len(self.found) - 1 if made else -1, k)
        for extra in roles.get("other asset", ()):
            named = self._named(rule, extra)
            model = self._named(rule, roles["object"][0])
            if named is not None and model is not None and self.phrases[extra.at].word == "one":
                ahead = [m for m in self.phrases[extra.at].mods if m in lexicon().adjectives]
                named = replace(
                    model, text=" ".join([*ahead, model.head or model.text]), first=named.first, last=named.last
                )
            if named is not None:
                at = roles["other side"][0].at
                holds = {"yes": "no", "no": "yes"}[rule.gives[0].holds] if negated ^ denied else rule.gives[0].holds
                self.found.append(
                    Finding(
                        rule.name,
                        rule.kind,
                        holds,
                        at,
                        named,
                        self.phrases[at].start,
                        named.last,
                        denial=denied,
                        sides=(at,),
                        verb=k,
                    )
                )
        return made

    def _how_far(self, k: int) -> str:
        """How much of a place an adverb beside the verb says is held: most of it is where it is "largely held"."""
        words = self.tokens[max(0, self.phrases[k].start - 1) : self.phrases[k].end + 1]
        return next((_FAR[token.lower] for token in words if token.lower in _FAR), "all")

    def _lost_by(self, items: Sequence[Item]) -> str:
        """ "The rebels' last stronghold, Belen, has fallen", "Belen, the rebels' last foothold, fell": the rebels."""
        for item in items[:1]:
            near = [item.at] if self.phrases[item.at].cls == "asset" else []
            apart = item.end + 1 < self.clauses.count and self.phrases[item.end].word == ","
            for at in (*near, *([item.end + 1] if apart else ())):
                owner = self.phrases[at].owner if self.phrases[at].kind == "np" else None
                if owner is not None and owner.cls == "side" and self.phrases[at].word in WORDS["foothold"]:
                    return self.holder(at)[0]
        return ""

    def _exceptions(
        self, rule: Rule, gives: Gives, roles: dict[str, list[Item]], holds: str, k: int, side: int, name: str
    ) -> None:
        """ "The city with the exception of the airport": the airport is not held."""
        items = roles.get(gives.asset, [])
        if not items or holds not in ("yes", "no") or rule.kind == "siege":
            return
        behind = items[0].at > k
        for m in (
            *self._opening(items[0].at),
            *range(items[0].at + 1, items[-1].end + 4 if behind else self._to_boundary(k)),
        ):
            if m + 1 >= self.clauses.count:
                return
            inner = self._excepted(m, items[0].at)
            if inner < 0:
                continue
            if self.phrases[m].word == "not" and self.is_side(inner) and self.phrases[inner].cls == "side":
                self._not_by(rule, items, holds, k, inner)
                return
            for item in self.clauses.items(inner):
                named = self._excluded(rule, item, items[0])
                if named is not None:
                    flipped = "no" if holds == "yes" else "yes"
                    start, sides = self.phrases[k].start, (side,) if side >= 0 else ()
                    self.found.append(
                        Finding(
                            rule.name, rule.kind, flipped, side, named, start, named.last, name, sides=sides, verb=k
                        )
                    )
            return

    def _to_boundary(self, k: int) -> int:
        """The index up to which an exception to what the verb `k` says of its subject may stand: the clause's end."""
        end = k + 1
        last = min(self.clauses.count, k + 12) - 1
        while end < last and (not patterns.boundary(self.phrases[end]) or self.phrases[end + 1].word in _FRONTED):
            end += 1
        return end

    def _excluded(self, rule: Rule, item: Item, whole: Item) -> Named | None:
        """The name of what is excepted from the whole; of "all crossings" also one by its bare name."""
        if rule.kind != "route":
            return self._named(rule, item) if self.accepts(self.clauses, item, "asset") else None
        if self.accepts(self.clauses, item, "road"):
            return self.named_way(item)
        ways = self.phrases[whole.at]
        if not ways.plural or not self.accepts(self.clauses, item, "namedtown"):
            return None
        named = name_asset(self.clauses, self.tokens, item)
        return replace(named, text=f"{named.text} {singular(ways.word)}") if named is not None else None

    def _opening(self, at: int) -> range:
        """Where an exception may stand at the head of the clause about phrase `at`: "Except for the port, all of"."""
        comma = next((n for n, phrase in enumerate(self.phrases[: min(at, 9)]) if phrase.word == ","), 0)
        opens = self.phrases[0].word in _FRONTED and all(p.kind != "vg" for p in self.phrases[:comma])
        return range(2 if comma and opens else 0)

    def _excepted(self, m: int, at: int) -> int:
        """The noun phrase that the words at `m` take from the asset at phrase `at`: "apart from the port"; else -1."""
        phrase, inner = self.phrases[m], m + 1
        if phrase.form == "inf":
            return -1  # "left Belen to save the port"
        if phrase.word == "not" and self.phrases[m - 1].word in ("but", ",", "and", "though", "if"):
            if inner + 1 < self.clauses.count and self.phrases[inner + 1].kind == "vg":
                return -1  # "left Belen, and not one unit was lost"
        elif phrase.word == "exception" and self.phrases[inner].word == "of":
            inner += 1
        elif phrase.word in _EXCEPT or (phrase.word == "but" and self._every(at)):
            inner += self.phrases[inner].word in ("for", "from")
        else:
            return -1
        return inner if inner < self.clauses.count and self.phrases[inner].kind == "np" else -1

    def _every(self, at: int) -> bool:
        """Whether all of something is meant, so that "but" takes from it: "all of the city but the port"."""
        phrase = self.phrases[at]
        return phrase.word in _ALL or phrase.det in _ALL

    def _inclusions(self, last: int, k: int) -> None:
        """ "Every quarter of the city, Sarab included": Sarab too."""
        if last < 0 or self.found[last].kind == "siege":
            return
        if self.found[last].kind == "route":
            self._ways_among(self.found[last], k)
            return
        for m in range(max(2, k - 9), min(k + 9, self.clauses.count)):
            phrase, place = self.phrases[m], self.phrases[m - 1]
            if phrase.kind != "vg" or phrase.word != "include" or phrase.aux or self.phrases[m - 2].word != ",":
                continue
            if place.kind == "np" and self.accepts(self.clauses, Item(m - 1, m), "asset"):
                named = name_asset(self.clauses, self.tokens, Item(m - 1, m))
                self.found.append(replace(self.found[last], asset=named, end=phrase.end))
            return

    def _ways_among(self, found: Finding, k: int) -> None:
        """ "All roads are open, among them the road to Belen": that road too."""
        for m in range(k + 1, min(k + 12, self.clauses.count - 2)):
            phrase, follow = self.phrases[m], self.phrases[m + 1]
            if phrase.kind == "vg" and phrase.word != "include":
                return
            listing = phrase.word == "including" or (
                phrase.word == "among" and follow.word in ("them", "these", "those")
            )
            at = m + 1 + (phrase.word == "among")
            if not listing or self.phrases[m - 1].word != "," or self.phrases[at].kind != "np":
                continue
            for item in self.clauses.items(at):
                named = self.named_way(item) if self.accepts(self.clauses, item, "road") else None
                if named is not None:
                    self.found.append(replace(found, asset=named, end=named.last))
            return

    def _not_by(self, rule: Rule, items: list[Item], holds: str, k: int, at: int) -> None:
        """ "The army holds the bridge, not the rebels": what is said of the army is denied of the rebels."""
        flipped = "no" if holds == "yes" else "yes"
        for item in items:
            named = self._named(rule, item)
            if named is not None:
                start, end = self.phrases[k].start, self.phrases[at].end
                self.found.append(Finding(rule.name, rule.kind, flipped, at, named, start, end, sides=(at,), verb=k))

    def _reference_at(self, role: str, k: int, roles: dict[str, list[Item]]) -> int:
        """The phrase before which to look for whom "their" or "theirs" means."""
        if role in ("flagside", "holder") and roles.get("subject" if role == "flagside" else role):
            return roles["subject" if role == "flagside" else role][0].at
        return k

    def _named_assets(
        self, rule: Rule, role: str, roles: dict[str, list[Item]]
    ) -> list[tuple[Item | None, Named | None]]:
        """The assets of a role with their names; "the first, second and third districts" are three."""
        found: list[tuple[Item | None, Named | None]] = []
        past = -1
        for item in self._assets(role, roles):
            if item is not None and self.phrases[item.at].start < past:
                continue  # the 9 of "districts 4, 5 and 9 of Belen"
            named = self._named(rule, item)
            phrase = self.phrases[item.at] if item is not None else None
            ordinals = [m for m in phrase.mods if _ordinal(m)] if phrase is not None and phrase.plural else []
            told, end = numbering(self.tokens, phrase) if named is not None and phrase is not None else ([], -1)
            if not told and phrase is not None and phrase.word == "ministries":
                told, end = ministries(self.tokens, phrase)
            if named is not None and told:
                past = end
                found += [(item, replace(named, text=text, definite=False, generic=False)) for text in told]
                continue
            if named is None or phrase is None or len(ordinals) < 2:
                found.append((item, named))
                continue
            single = phrase.word.removesuffix("s")
            found += [(item, replace(named, text=f"{ordinal} {single}", definite=False)) for ordinal in ordinals]
        return found

    def _named(self, rule: Rule, item: Item | None) -> Named | None:
        """The name of the asset; for "the siege of X" and "fighting in X" that of X."""
        if item is None:
            return None
        phrase = self.phrases[item.at]
        if item.end < 0:
            return Named("it", frozenset(), pron="it", head="focus", first=phrase.start, last=phrase.end)
        if rule.kind == "route":
            return self._owned_way(phrase) if "owned" in rule.relative else self.named_way(item)
        if phrase.cls in ("side", "people") and rule.kind == "siege":
            return self._besieged_side(item)
        posted = rule.name == "post-surrenders" and phrase.word in WORDS["post"]
        if posted or phrase.word in WORDS["siege"] or phrase.word in WORDS["fighting"]:
            inner = item.at + 2
            if inner + 1 < self.clauses.count and self.phrases[item.at + 1].word == "by":
                inner += 2  # "the siege by rebels of the fort"
            linked = inner < self.clauses.count and self.phrases[inner - 1].word in _FOUGHT_OVER
            if linked and self.accepts(self.clauses, Item(inner, inner + 1), "asset"):
                return name_asset(self.clauses, self.tokens, Item(inner, self.clauses._tail(inner)))
            around = self.clauses._tail(inner) - 1 if linked else inner
            if around > inner and self.phrases[inner].cls in ("side", "people", "share"):  # "around men in Belen"
                return name_asset(self.clauses, self.tokens, Item(around, around + 1))
            if (posted or phrase.word in WORDS["siege"]) and phrase.owner is None:
                before = self._besieged_before(phrase)
                if before is not None:
                    return before
            if phrase.owner is not None and phrase.owner.cls in ("name", "asset"):
                words = [
                    t.text
                    for t in self.tokens[phrase.owner.start : phrase.owner.end]
                    if t.lower not in lexicon().closed
                ]
                generic = phrase.owner.cls == "asset"
                head = phrase.owner.word if generic else ""
                named = Named(" ".join(words), frozenset(), generic=generic, definite=generic, head=head)
                named.first, named.last = phrase.start, phrase.end
                return named
            return None
        return name_asset(self.clauses, self.tokens, item)

    def _besieged_before(self, phrase: Phrase) -> Named | None:
        """ "The Belen siege", "the hotel siege": what the words before the noun name."""
        ahead = range(phrase.start, phrase.head)
        names = [self.tokens[at].text for at in ahead if at in phrase.names]
        placed = all(self.known.get(at, "place") == "place" for at in ahead if at in phrase.names)
        if names and placed and not any(name.lower() in demonyms() for name in names):
            return Named(" ".join(names), frozenset(), first=phrase.start, last=phrase.end)
        last = self.tokens[phrase.head - 1].lower if phrase.head > phrase.start else ""
        classes = lexicon().assets.get(last, frozenset())
        if not classes & {"site", "settlement"} or names:
            return None
        return Named(last, classes, generic=True, definite=True, head=last, first=phrase.start, last=phrase.end)

    def _besieged_side(self, item: Item) -> Named:
        """ "The garrison of Belen has been encircled": the place that the encircled hold."""
        phrase = self.phrases[item.at]
        last = self.phrases[item.end - 1]
        if item.end > item.at + 2 and last.cls in ("name", "asset"):
            named = name_asset(self.clauses, self.tokens, Item(item.end - 1, item.end))
            if named is not None:
                return named
        words = [
            t.text
            for t in self.tokens[phrase.start : phrase.end]
            if t.lower not in lexicon().closed and not t.text.isdigit()
        ]
        if not is_unit(phrase.word) and all(
            self.tokens[n].lower in demonyms() for n in phrase.names
        ):  # "250 Norlandic soldiers there"
            return Named("it", frozenset(), pron="it", head="focus", first=phrase.start, last=phrase.end)
        return Named(" ".join(words), frozenset(), first=phrase.start, last=phrase.end)

    def _side(self, role: str, k: int, roles: dict[str, list[Item]], words: str) -> tuple[int, str]:
        """Phrase index of the side, or -1 and its name ("they" and "we" are resolved later)."""
        if role == "holder":
            return -1, self.holder(roles["holder"][0].at)[0]
        if role == "demonym":
            return -1, self.tokens[self.phrases[roles["demonym"][0].at].head].text
        if role == "own":
            near = self.phrases[k + 1 : k + 5]
            whose = next((n for n, p in enumerate(near, k + 1) if p.word == "own" and p.owner is not None), -1)
            if whose >= 0:
                owner = self.phrases[whose].owner  # "the bazaar was the rioters' own"
                said = self.tokens[owner.start : owner.end] if owner is not None else ()
                return -1, " ".join(t.text for t in said if t.lower not in ("the", "a"))
            own = next((p.word for p in near if p.cls == "own" or p.word in ("his", "hers")), "theirs")
            return -1, {"ours": "we", "mine": "we", "his": "his", "hers": "his"}.get(own, "they")
        if role in ("owner", "subjectowner"):
            return -1, self.holder(k if role == "owner" else roles["subject"][0].at)[0]
        if role == "nobody":
            return roles["subject"][0].at + 2, ""
        if role == "attacker":
            return self.attacker((roles.get("object") or roles["subject"])[0].at)
        if role == "sidegen":
            return roles["sidegen"][0].at, ""
        if role in ("flagside", "flagobject"):
            return -1, self._flag_side(roles["subject" if role == "flagside" else "object"][0].at)
        if roles.get(role):
            return roles[role][0].at, ""
        return -1, words if role in ("subject", "side") else ""

    def _flag_side(self, at: int) -> str:
        phrase = self.phrases[at]
        linked = at + 2 < self.clauses.count and self.phrases[at + 1].word == "of"
        if linked and (self.is_side(at + 2) or self.phrases[at + 2].word in ("republic", "state", "nation")):
            inner = self.phrases[at + 2]
            return " ".join(t.text for t in self.tokens[inner.start : inner.end] if t.lower not in ("the", "a"))
        if linked and self._group_of(at + 2):  # "flag of Zenna Front over Belen"
            inner = self.phrases[at + 2]
            return " ".join(t.text for t in self.tokens[inner.start : inner.end] if t.lower not in ("the", "a"))
        if "national" in phrase.mods or "government" in phrase.mods:
            return "government"
        held = self.holder(at)[0]
        opening = not phrase.start and " " not in held and phrase.owner is None
        if opening and held not in ("they", "we") and not self._tells_side(phrase, held):
            return ""  # "Lion flag over the fort"
        return held

    def _group_of(self, at: int) -> bool:
        """Whether the phrase bears a name that ends as those of groups do: "Zenna Front"."""
        phrase = self.phrases[at]
        last = self.tokens[phrase.end - 1].lower
        return bool(phrase.names) and self.known.get(phrase.head) != "place" and last in lexicon().organised

    def _tells_side(self, phrase: Phrase, held: str) -> bool:
        """Whether a word before a flag names a side or a nation."""
        words = held.lower().split()
        known = any(self.known.get(m, "") for m in range(phrase.start, phrase.end))
        return known or any(w in lexicon().actors or w in demonyms() for w in words)

    def _joined_to(self, item: Item) -> list[Item]:
        """The places in "control of Belen and Sarab", of which `item` ends with the first."""
        found, at = [Item(item.at + 2, item.end)], item.end
        while at + 1 < self.clauses.count and self.phrases[at].cls == "K":
            follow = Item(at + 1, at + 2)
            if self.phrases[at + 1].kind != "np" or not self.accepts(self.clauses, follow, "place"):
                break
            found, at = [*found, follow], at + 2
        return found

    def _assets(self, role: str, roles: dict[str, list[Item]]) -> list[Item | None]:
        if role == "-" or (role == "asset" and "asset" not in roles):
            return [None]
        if role == "attackon":
            aimed = self._aimed((roles.get("object") or roles["subject"])[0].at)
            return [aimed] if aimed is not None else []
        if role == "post":
            subject = roles["subject"][0]
            return [Item(subject.at + 2, subject.end) if subject.end > subject.at + 2 else subject]
        if role == "focus":
            said = roles.get("subject") or roles.get("object")
            return [Item(said[0].at if said else 0, -1)]
        if role == "fightingin":
            return list(roles["subject"])
        if role == "controlof":
            return [inner for item in roles["subject"] for inner in self._joined_to(item)]
        return list(roles.get(role, []))
