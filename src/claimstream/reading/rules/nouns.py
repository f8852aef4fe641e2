"""Rules set off by a noun, headlines without a verb, and mentions in passing."""

from __future__ import annotations

from claimstream.lexicon import load
from claimstream.reading.rules.assets import HELD, demonyms, name_asset
from claimstream.reading.rules.clauses import Item, moods
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Finding, Rule
from claimstream.reading.rules.tags import is_short
from claimstream.reading.rules.verbs import VerbRules
from claimstream.reading.rules.words import clause_words, lexicon, listed

_UNDOING = clause_words("undoing")
_LOOSENING = clause_words("loosening")
_ACHIEVING = clause_words("achieving")
_LOOMING = frozenset("matter imminent inevitable likely unlikely near close certain possible impossible".split())
"""What is said of an event that has not come: "the fall of Belen seems only a matter of time"."""
_SHOWING = frozenset("see find show film leave put have".split())
_RANKS = frozenset(load("actors")["ranks"].split())
_GLORYING = frozenset("hail celebrate proclaim trumpet laud announce".split())
_LASTING = frozenset("be remain stay become".split())
_ONLY = frozenset("only last first biggest largest sole one main final remaining".split())


class NounRules(VerbRules):
    """Runs the rules of one noun phrase."""

    def _noun_rule(self, rule: Rule, k: int) -> bool:
        roles: dict[str, list[Item]] = {}
        end = k + 1
        if rule.beside and rule.beside.isdisjoint(t.lower for t in self.tokens):
            return False
        if rule.after:
            end = self._after(rule, k + 1, roles, k + 1, k + 1)
            if end < 0 and not self._labelled(rule, k, roles):
                return False
            end = max(end, k + 1)
        phrase = self.phrases[k]
        if "its" in rule.relative and not (phrase.det == "its" or (self.denied[k] and self.holder(k)[0])):
            return False
        if "owned" in rule.relative:
            if self._owned_way(phrase) is None:
                return False
            roles["owned"] = [Item(k, k + 1)]
        if "first" in phrase.mods or ("left" in rule.relative and not self._left(k, roles)):
            return False
        real, negated = self._noun_status(k)
        if not real:
            return False
        negated ^= phrase.det == "no"
        negated ^= "left" in rule.relative and k > 1 and self.phrases[k - 2].word == "not"
        negated ^= rule.kind == "route" and self._undone(k)
        negated ^= any(
            p.kind == "vg" and p.negated for p in self.phrases[k + 1 : end]
        )  # "its hold on Belen is not broken"
        if rule.only == "negative" and not (negated or self._told_untrue(k)):
            return False
        words = ""
        if "its" in rule.relative and k + 1 < self.clauses.count and self.phrases[k + 1].word == "of":
            return False
        if not {"side", "force", "units"}.isdisjoint(roles):
            roles["subject"] = roles.get("side") or roles.get("force") or roles["units"]
        elif self.holder(k)[0] and phrase.det not in ("its", "their"):
            words = self.holder(k)[0]
            if rule.subject and (rule.beside or not self._sided_words(k)):
                return False  # "Ali's return to Belen"
        elif (
            not rule.beside
            and phrase.owner is None
            and (phrase.det == "their" or (phrase.det == "its" and "its" not in rule.relative))
        ):
            words = "they"
        else:
            verb = self._achieving(k)
            if verb >= 0:
                roles["subject"] = [Item(at, at + 1) for at in self.clauses.subject(verb) if self.is_side(at)]
                if self.phrases[verb].word in _GLORYING:  # "Sarab proclaims the capture of Belen": no side, but a man
                    roles["subject"] = [item for item in roles["subject"] if self.is_armed(item.at)]
                words = "" if roles["subject"] else self._office_of(rule, verb)
            if self.denied[k] and not roles.get("subject"):
                roles["subject"], words = self._boaster(k)
            if rule.subject == "armed" and rule.beside:
                roles["subject"] = [item for item in roles.get("subject", ()) if self.is_armed(item.at)]
            if rule.subject and not roles.get("subject"):
                return False  # "a colonel's return to Belen"
        return self._give(rule, k, roles, negated, end, words)

    def _office_of(self, rule: Rule, verb: int) -> str:
        """ "The president hailed the capture of Belen": the government, which glories in what its own men did."""
        glories = rule.name == "capture-of" and self.phrases[verb].word in _GLORYING
        who = self.clauses.subject(verb) if glories else ()
        if any(self.phrases[at].word in _RANKS for at in who):
            return "army"
        return "government" if any(self.phrases[at].word in listed("offices") for at in who) else ""

    def _labelled(self, rule: Rule, k: int, roles: dict[str, list[Item]]) -> bool:
        """ "Belen: army denies loss": the place that heads the line; binds it to the role "asset"."""
        if not self.headline or k < 3 or self.phrases[1].word != ":" or self.phrases[0].cls not in ("name", "asset"):
            return False
        if rule.gives[0].asset != "asset" or rule.relative or not self._ends(k + 1):
            return False
        roles["asset"] = [Item(0, 1)]
        return True

    def _told_untrue(self, k: int) -> bool:
        """Whether what the noun says is itself denied: "reports of an encirclement are lies", "denied the siege of"."""
        if not self.denied[k]:
            return False
        denying = moods()["denying verbs"]
        if any(
            p.kind == "vg" and p.passive and p.word in denying and k in self.clauses.subject(m)
            for m, p in enumerate(self.phrases[k + 1 : k + 8], k + 1)
        ):
            return True  # "the encirclement of Belen is denied"
        led = self.phrases[k - 1] if k else None
        if led is None:
            return False
        if led.kind == "vg":
            return led.word in denying
        return self._report(k) >= 0

    def _report(self, k: int) -> int:
        """The report whose matter the noun `k` is: "the ministry's statements about the encirclement of"; or -1."""
        for m in range(k - 1, max(-1, k - 7), -1):
            phrase = self.phrases[m]
            if phrase.word in moods()["telling nouns"] or (phrase.word == "what" and phrase.kind == "w"):
                return m
            if phrase.kind == "vg" and m and self.phrases[m - 1].word == "what":
                continue  # "what is being circulated about the presence of"
            if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ",;.:K"):
                return -1
        return -1

    def _boaster(self, k: int) -> tuple[list[Item], str]:
        """Whose report of a capture is denied: "the enemy's statements about", "the statements of the enemy about"."""
        at = self._report(k)
        if at < 0:
            return [], ""
        if self.phrases[at].owner is not None:
            return [], self.holder(at)[0]
        by = at + 2 < k and self.phrases[at + 1].word in ("of", "by") and self.is_side(at + 2)
        return ([Item(at + 2, at + 3)] if by else []), ""

    def _undone(self, k: int) -> bool:
        """Whether what the noun says is ended in the same breath: "lifted its closure", "its closure was lifted"."""
        verb = self.clauses.before(k)
        if verb >= 0 and self.phrases[verb].word in _UNDOING:
            return True
        for m in range(k + 1, min(k + 8, self.clauses.count)):
            phrase = self.phrases[m]
            if phrase.kind == "vg":
                ended = phrase.word in _UNDOING and (phrase.passive or phrase.word == "end")
                return ended and k in self.clauses.subject(m) and self.clauses.status(m).real
        return False

    def _left(self, k: int, roles: dict[str, list[Item]]) -> bool:
        """ "Belen back in government hands", "districts under siege": the asset stands before, without a verb."""
        j = self.clauses.before(k)
        if j < 1 or self.phrases[j].word not in ("in", "under", "into"):
            return False
        if j > 2 and self.phrases[j - 1].word == "not" and self._apposed_before(j - 1):
            return False  # "by seizing Belen, the last town not in its hands"
        j = self.clauses.before(j)
        apart = j >= 0 and self.phrases[j].word == ","
        if j >= 0 and self.phrases[j].word in (",", "not"):
            j = self.clauses.before(j)
        if j < 0 or self.phrases[j].kind != "np":
            return False
        top = self.clauses.nearest(j) if apart else self.clauses.top(j)
        left = self.clauses.before(top)
        if self.headline and top == 2 and self.phrases[1].word == ":" and self.phrases[0].cls == "name":
            top = top if self.phrases[top].names else 0  # "Belen: ghost town in rebel hands"
            left = self.clauses.before(top)
        same = self._same_as(top, left)
        if same >= 0:
            top = same
        elif left >= 0 and self.phrases[left].kind == "w" and self.phrases[left].cls == "I":
            top = j
        said = self.phrases[top]
        apposed = top > 1 and self.phrases[top - 1].word == "," and said.cls == "asset" and said.det in ("the", "a")
        if apposed and not said.names and self.phrases[top - 2].kind == "np" and self.phrases[top - 2].cls == "name":
            top -= 2  # "Belen, the last town in rebel hands"
        item = Item(top, self.clauses._tail(top))
        if not self.accepts(self.clauses, item, "place"):
            return False
        pair = self.headline and top == 2 and self.phrases[1].word == "," and self.phrases[0].kind == "np"
        other = Item(0, 1)  # "Port, airport in rebel hands"
        both = pair and self.phrases[0].cls in ("name", "asset") and self.accepts(self.clauses, other, "place")
        roles["left"] = [other, item] if both else [item]
        return True

    def _apposed_before(self, at: int) -> bool:
        """Whether another word for a place stands before `at`, behind a comma: "Belen, the last town not in"."""
        told = self.phrases[at - 1]
        return told.cls == "asset" and told.det == "the" and at > 1 and self.phrases[at - 2].word == ","

    def _same_as(self, top: int, left: int) -> int:
        """The name in "Belen is the only town still in their hands", "leaves Belen as the last town in"; or -1."""
        told = self.phrases[top]
        one = told.word == "one" and self.phrases[top + 1].word == "of"  # "Belen is one of three towns in their hands"
        only = told.det in ("the", "its", "their") and any(m in _ONLY for m in told.mods)
        if not (one or only) or left < 1:
            return -1
        edge = self.phrases[left]
        if edge.word == "as" and self.phrases[left - 1].cls == "name":
            return left - 1
        equated = (
            edge.kind == "vg" and edge.word in ("be", "remain") and not edge.negated and self.clauses.status(left).real
        )
        found = self.clauses.subject(left) if equated else ()
        return found[0] if len(found) == 1 and self.phrases[found[0]].cls in ("name", "asset") else -1

    def _achieving(self, k: int) -> int:
        verb = self.clauses.verb_before(k)
        if verb >= 0 and self.phrases[verb].word in _ACHIEVING:
            return verb
        return -1

    def _noun_status(self, k: int) -> tuple[bool, bool]:
        """Whether a noun such as "the capture of X" is told as fact."""
        wishing = moods()["wishing nouns"]
        j = self.clauses.before(k)
        for _ in range(3):
            if j < 0:
                break
            phrase = self.phrases[j]
            if phrase.kind == "w" and phrase.cls in "ITS":
                if phrase.word in ("for", "towards", "toward", "against", "to", "without", "until", "before"):
                    verb = self.clauses.verb_before(j)
                    if phrase.word in ("for", "toward", "towards", "against", "without", "until") or (
                        verb >= 0 and not self.clauses.status(verb).real
                    ):
                        return False, False
                j = self.clauses.before(j)
                continue
            if phrase.kind == "np" and phrase.word in wishing:
                return False, False
            break
        verb = self.clauses.verb_before(k)
        equated = self.clauses.subject(verb) if verb >= 0 and self.phrases[verb].word == "be" else ()
        if any(self.phrases[at].word in wishing for at in equated):
            return False, False  # "their goal is the capture of Belen"
        if verb >= 0 and verb == k - 1 and self.phrases[verb].word in _LOOSENING:
            return False, False  # "is losing its grip on Belen"
        if verb >= 0 and verb == k - 1 and self.phrases[verb].passive and self.phrases[verb].word in ("deny", "refuse"):
            return False, False  # "were denied entry to Belen"
        if verb >= 0:
            status = self.clauses.status(verb)
            if verb == k - 1 and status.negated and self.phrases[verb].word in moods()["doubting verbs"]:
                return False, False  # "could not confirm the fall of Belen"
            hindered = self.phrases[verb].word in moods()["wishing verbs"] | {"prevent", "avert", "avoid"}
            if not status.real or (hindered and not self.clauses.names(verb)):
                return False, False
        for m in range(k + 1, min(k + 20, self.clauses.count)):
            if self.phrases[m].kind == "vg" and self.phrases[m].form == "fin" and k in self.clauses.subject(m):
                looming = any(p.word in _LOOMING for p in self.phrases[m + 1 : m + 4])
                looming = looming or (self.phrases[m].passive and self.phrases[m].word in moods()["wishing verbs"])
                looming = looming or (self.phrases[m].negated and self.phrases[m].word in ("confirm", "verify"))
                return self.phrases[m].real and not looming, False
        return True, False

    def _verbless(self, k: int) -> None:
        """Headlines without a verb: "rebels still in the town", "bridge still theirs"."""
        phrase = self.phrases[k]
        nxt = k + 1
        still = negated = False
        while nxt < self.clauses.count and self.phrases[nxt].kind == "w" and self.phrases[nxt].cls in "RX":
            still = still or self.phrases[nxt].word in ("still", "again", "now", "back")
            negated |= self.phrases[nxt].cls == "X"
            nxt += 1
        negated ^= self._none(k)
        before = self.clauses.before(k)
        if nxt + 1 > self.clauses.count - 1 and not (still and nxt < self.clauses.count):
            return
        led = before >= 0 and self.phrases[before].word == "with"  # "with the army in control of the bridge"
        opens = led or before < 0 or (self.phrases[before].kind == "w" and self.phrases[before].cls in ",;:.-K")
        if not opens and not self._sees(before):
            return
        follow = self.phrases[nxt]
        if still and phrase.cls == "asset" and follow.cls == "own":
            words = "we" if follow.word == "ours" else "they"
            self.found.append(
                Finding("verbless-own", "control", "yes", -1, name_asset(self.clauses, self.tokens, Item(k, k + 1)),
                        phrase.start, follow.end, words=words, at=k, verb=k)
            )  # fmt: skip
        if before < 0 and phrase.word in WORDS["fighting"] and follow.word in ("inside", "within"):
            self._fought_inside(k, nxt + 1)
        holder = self.is_armed(k) or self.known.get(phrase.head) == "country"
        if follow.kind == "w" and follow.word == "in" and nxt + 3 < self.clauses.count and holder:
            charge, link, at = self.phrases[nxt + 1], self.phrases[nxt + 2], nxt + 3
            if (
                charge.word in ("control", "charge", "possession")
                and link.word == "of"
                and self.phrases[at].kind == "np"
            ):
                for item in self.clauses.items(at):
                    if self.accepts(self.clauses, item, "asset"):
                        self._has(k, item, "verbless-control", negated)
                return
        if (
            follow.kind == "w"
            and follow.word in ("in", "inside", "on", "at")
            and (still or self.headline or self._lined_up(k))
            and (self.is_armed(k) or (phrase.plural and self.known.get(phrase.head) == "nation"))
        ):
            item = Item(nxt + 1, self.clauses._tail(nxt + 1))
            if (
                self.phrases[nxt + 1].kind == "np"
                and self.phrases[nxt + 1].word not in WORDS["ways in"]
                and self.accepts(self.clauses, item, "place")
                and self._ends(item.end)
            ):
                self._has(k, item, "verbless-in", negated)

    def _lined_up(self, k: int) -> bool:
        """Whether the words behind a colon only line up who is where: "found it so: rebels in the hospital"."""
        colon = next((m for m in range(k - 1, -1, -1) if self.phrases[m].word == ":"), -1)
        return colon > 1 and all(phrase.kind != "vg" for phrase in self.phrases[colon:])

    def _fought_inside(self, k: int, at: int) -> None:
        """ "Fighting inside the town since Friday": a line without a verb on what is fought over."""
        item = Item(at, self.clauses._tail(at))
        bare = all(phrase.kind != "vg" for phrase in self.phrases) and self.phrases[at].kind == "np"
        if bare and self.accepts(self.clauses, item, "place"):
            named = name_asset(self.clauses, self.tokens, item)
            start, end = self.phrases[k].start, self.phrases[item.end - 1].end
            self.found.append(Finding("fighting-inside", "control", "contested", -1, named, start, end, verb=k))

    def _sees(self, verb: int) -> bool:
        """Whether the verb shows what follows as it is: "found the rebels in control", "left the army in charge"."""
        said = self.phrases[verb]
        if said.kind != "vg" or said.word not in _SHOWING:
            return False
        status = self.clauses.status(verb)
        return status.real and not status.negated

    def _has(self, k: int, item: Item, rule: str, negated: bool = False) -> None:
        """The side at phrase `k` has the item, as a rule without a verb finds."""
        named = name_asset(self.clauses, self.tokens, item)
        start, end = self.phrases[k].start, self.phrases[item.end - 1].end
        holds = "no" if negated else "yes"
        self.found.append(Finding(rule, "control", holds, k, named, start, end, verb=k, sides=(k,)))

    def _holds_as_prefix(self, word: str) -> bool:
        """Whether "WORD-held" says who holds: a side, a nation, a name ("gun-controlled" does not)."""
        if word in lexicon().actors or word in demonyms() or word == "government":
            return True
        return any(t.lower.startswith(word + "-") and t.text[0].isupper() for t in self.tokens)

    def _called_the(self, phrase: Phrase) -> bool:
        """Whether the name has an article that names of towns have not: "the Zenna-dominated Front", "the ZLF"."""
        return phrase.det == "the" and self.known.get(phrase.head) != "place"

    def _told_held(self, k: int) -> None:
        """ "Belen is rebel-held", "the town remains government-controlled"."""
        phrase, verb = self.phrases[k], self.clauses.before(k)
        held = HELD.match(phrase.word)
        if held and verb > 0 and self.phrases[verb].word == "," and self._holds_as_prefix(held[1]):
            at = 0 if self.phrases[1].word == ":" and self.phrases[0].cls == "name" else verb - 1
            place = self.phrases[at]  # "Belen, rebel-held since May, was quiet", "Belen: no change, rebel-held"
            alone = self._ends(k + 1) or self.phrases[k + 1].word == "since"
            if place.kind == "np" and place.cls == "name" and alone:
                self._has_been_held(k, at, self.tokens[phrase.head].text[: len(held[1])])
            return
        if not held or verb < 0 or not self._holds_as_prefix(held[1]) or self.phrases[verb].word not in _LASTING:
            return
        status = self.clauses.status(verb)
        if not status.real or self.phrases[verb].kind != "vg":
            return
        holds = "no" if status.negated ^ self.denied[verb] else "yes"
        side = self.tokens[phrase.head].text[: len(held[1])]
        for item in self._subjects(verb):
            named = name_asset(self.clauses, self.tokens, item) if self.accepts(self.clauses, item, "asset") else None
            if named is not None:
                start, end, denial = self.phrases[verb].start, phrase.end, self.denied[verb]
                self.found.append(
                    Finding("told-held", "control", holds, -1, named, start, end, side, verb=verb, denial=denial)
                )

    def _has_been_held(self, k: int, at: int, side: str) -> None:
        """The place at phrase `at` is held by the side that phrase `k` names."""
        item = Item(at, at + 1)
        if self.accepts(self.clauses, item, "asset"):
            named = name_asset(self.clauses, self.tokens, item)
            start, end = self.phrases[at].start, self.phrases[k].end
            self.found.append(Finding("told-held", "control", "yes", -1, named, start, end, side, verb=k))

    def _peopled(self, phrase: Phrase) -> bool:
        """Whether the words before a name say who makes up an organisation: "the Zenna-dominated Front"."""
        return any(word.endswith("-dominated") for word in phrase.mods) or is_short(self.tokens[phrase.head].text)

    def _passing(self, k: int) -> None:
        """ "Rebel-held eastern Aleppo", "the besieged city": said in passing."""
        phrase = self.phrases[k]
        self._told_held(k)
        if not phrase.mods or phrase.cls not in ("asset", "name", "share"):
            return
        if phrase.cls == "name" and phrase.head not in self.known and self._peopled(phrase):
            return  # "the Zenna-dominated ZLF"
        if phrase.word in lexicon().shares:
            return
        item = Item(k, self.clauses._tail(k))
        for word in phrase.mods:
            held = HELD.match(word)
            if held and self._holds_as_prefix(held[1]):
                named = name_asset(self.clauses, self.tokens, item)
                if named is not None and (named.classes or (named.head == "" and not self._called_the(phrase))):
                    token = next(t for t in self.tokens[phrase.start : phrase.end] if t.lower == word)
                    side = token.text[: len(held[1])]
                    if named.generic:
                        continue
                    self.found.append(
                        Finding(
                            "held-by-prefix",
                            "control",
                            "yes",
                            -1,
                            named,
                            phrase.start,
                            phrase.end,
                            words=side,
                            passing=True,
                        )
                    )
            elif word in ("besieged", "encircled"):
                named = name_asset(self.clauses, self.tokens, item)
                if named is not None and not named.generic:
                    self.found.append(
                        Finding("besieged-adjective", "siege", "yes", -1, named, phrase.start, phrase.end, passing=True)
                    )
