"""What a noun phrase can be: a side, an asset, a road, a siege, a flag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from claimstream.lexicon import load
from claimstream.lexicon.places import capitals, normal
from claimstream.model import Token
from claimstream.reading.rules.assets import demonyms, directions, name_asset
from claimstream.reading.rules.clauses import Clauses, Item, moods
from claimstream.reading.rules.denial import denial_scopes
from claimstream.reading.rules.lists import BROADCASTERS
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.tags import SIDES, TITLES, is_short
from claimstream.reading.rules.words import clause_words, lexicon, listed

WORDS: Final = {key: frozenset(words.split()) for key, words in load("assets")["slots"].items()}
INSIDE: Final = frozenset(("in", "inside", "within", "for", "around", "over", "at"))
NO_PLACES: Final = frozenset((*SIDES, "civil", "outlet", "nation", "demonym", "person"))
"""Kinds of names that no place bears."""
_RAIDS: Final = frozenset("attack attacks raid raids".split())
_PLACED: Final = clause_words("placed")
_REMNANTS: Final = clause_words("remnants")
_NO_SIDES: Final = clause_words("no_sides")


def _sided(word: str) -> bool:
    """Whether the word before a noun names a side: "army positions", "state control"."""
    return word in lexicon().actors or word == "state"


_OWN = frozenset(("their", "its", "his", "our"))


class Slots:
    """One sentence, and the questions which phrase can stand where."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        clauses: Clauses,
        known: Mapping[int, str],
        headline: bool = False,
        crossings: Mapping[str, str] | None = None,
    ) -> None:
        self.headline = headline
        self.crossings = crossings or {}
        self.tokens = tokens
        self.phrases = clauses.phrases
        self.clauses = clauses
        self.known = known
        self.denied = denial_scopes(self.clauses)
        self.found: list[Finding] = []
        self._subjects_of: dict[int, list[Item]] = {}
        self.answer = ""
        self.answer_at = 0

    def accepts(self, clauses: Clauses, item: Item, slot: str) -> bool:
        """Whether the item can stand in the slot: side, asset, place, route, siege, pron or any."""
        phrase = clauses.phrases[item.at]
        if slot in ("any", "whose"):
            return True
        if slot == "side":
            return self.is_side(item.at)
        if slot in ("asset", "place") and phrase.word in ("post", "posts") and phrase.det in _OWN:
            return False  # "the guards left their posts", wherever these were
        if slot == "asset" and phrase.det == "any" and phrase.cls == "asset" and item.end == item.at + 1:
            return False  # "the taking of any town"
        if slot == "given":
            entered = phrase.det not in ("a", "an") and phrase.word not in WORDS["ways in"]
            return entered and self.accepts(clauses, item, "place")
        if slot == "leavable":  # whoever flees by the gate has left what lies behind it
            by_gate = phrase.word in WORDS["ways in"] and not phrase.names
            return not by_gate and self.accepts(clauses, item, "asset")
        if slot == "definite":
            held = phrase.cls == "asset" and (
                phrase.owner is not None or phrase.det in ("the", "most", "half", "all", "both") or bool(phrase.names)
            )
            placed = phrase.cls == "name" and not phrase.det and self.known.get(phrase.head) == "place"
            anothers = phrase.owner is not None and phrase.owner.cls != "people"  # but "the governor's office"
            return (held or placed) and not anothers and self.accepts(clauses, item, "asset")
        if slot == "holders":
            return phrase.word in WORDS["crowd"] or self.is_side(item.at)
        if slot == "few":
            return phrase.det in ("a", "one") or phrase.det in listed("small_numbers") or "last" in phrase.mods
        if slot == "nobodyelse":
            return phrase.word in ("nobody", "no-one", "none")
        if slot == "excepted":  # "nobody but us", of which the phrase is the first
            return self._alone(item.at + 2)
        if slot == "afternobody":
            return self._alone(item.at)
        if slot == "anymen":
            return phrase.det in ("a", "any", "one", "no") and self.is_armed(item.at)
        if slot == "controlof":
            linked = item.end > item.at + 2 and clauses.phrases[item.at + 1].word in ("of", "over")
            return linked and phrase.word in ("control", "command", "possession", "authority")
        if slot == "who":
            return False
        if slot == "spot":
            return self.accepts(clauses, item, "definite")
        if slot == "loser":
            return self.is_side(item.at) and phrase.word not in lexicon().enemy
        if slot == "besieged":
            if phrase.cls == "side":
                return bool(phrase.names) or phrase.det in ("the", "") or item.end > item.at + 1
            if phrase.cls == "people":  # "the people of Belen, besieged since June", "the Zenna on the mountain"
                inner = item.at + 2
                of_name = inner < item.end and clauses.phrases[inner].cls in ("name", "asset")
                return of_name and clauses.phrases[inner - 1].word in ("of", "on", "in", "inside")
            slot = "asset"
        if slot == "sidegen":
            return phrase.form == "gen" and self.is_side(item.at)
        if slot == "demonym":
            return phrase.word in demonyms() and (not phrase.mods or set(phrase.mods) <= lexicon().loose)
        if slot in ("armed", "ousted"):
            return self.is_armed(item.at)
        if slot == "troops":
            armed = self.is_armed(item.at) or (self.headline and self.known.get(phrase.head) == "nation")
            return armed and phrase.word not in WORDS["traffic"] and phrase.word != "warlord"
        if slot == "soldiery":
            return phrase.word not in WORDS["police"] and phrase.form != "gen" and self.accepts(clauses, item, "troops")
        if slot == "fighters":
            if phrase.word in ("it", "them") and item.at and self.phrases[item.at - 1].word == "of":
                return False  # "one street of it"
            article = phrase.cls == "name" and phrase.det == "the" and self.is_side(item.at)  # "the Zenna"
            return (article or self.is_armed(item.at)) and phrase.word not in WORDS["traffic"] | WORDS["offices"]
        if slot == "way":
            return phrase.word not in listed("ports") and self.accepts(clauses, item, "route")
        if slot == "we":
            return (phrase.cls == "pron" and phrase.word == "we") or phrase.det == "our"
        if slot == "town":
            known = lexicon().assets.get(phrase.word, frozenset())
            townlike = phrase.cls == "name" or bool(known & {"settlement", "area"})
            return townlike and self.accepts(clauses, item, "asset")
        if slot == "nosiege":
            return phrase.det == "no" and phrase.word in WORDS["siege"]
        if slot == "elsewhere":
            inside = clauses.phrases[item.at : item.end]
            own = any(p.det in ("its", "our", "their", "a", "an") and p.cls != "share" for p in inside)
            return not own and self.accepts(clauses, item, "place")
        if slot == "lone":
            return phrase.det in ("a", "any", "one") and self.is_armed(item.at) and not self._said_of(item.at)
        if slot == "stand":  # no "bunkers and tunnels"
            bare = phrase.cls == "asset" and phrase.plural and not (phrase.det or phrase.names or phrase.mods)
            return not (bare and item.end == item.at + 1) and self.accepts(clauses, item, "place")
        if slot == "building":
            own = phrase.det in ("its", "our", "their", "a", "an")
            gate = phrase.word in ("gate", "gates", "entrance", "entrances", "perimeter")
            return (
                not own
                and not gate
                and "site" in lexicon().assets.get(phrase.word, ())
                and self.accepts(clauses, item, "place")
            )
        if slot == "units":  # of which what follows says where: "the deployment of its forces in Belen"
            slot = "force"
        if slot == "force":
            several = phrase.plural or phrase.word in ("army", "militia", "brigade") or phrase.word in lexicon().enemy
            return several and phrase.det not in ("a", "some", "many") and self.accepts(clauses, item, "fighters")
        if slot == "directed":  # "the eastern half of the town"
            part = item.end > item.at + 2 and clauses.phrases[item.at + 1].word == "of"
            return part and not directions().isdisjoint(phrase.mods) and self.accepts(clauses, item, "asset")
        if slot == "held":
            town = phrase.cls == "name" or "settlement" in lexicon().assets.get(phrase.word, ())
            built = phrase.cls == "asset" and phrase.word in WORDS["quarter"] and phrase.det in ("the", "")
            part = phrase.cls == "share" or phrase.word in ("ruins", "blocks", "lanes", "alleys", "streets", "houses")
            part = part and item.end > item.at + 2
            return (town or built or part) and self.accepts(clauses, item, "elsewhere")
        if slot == "themen":  # "the rebels are here", not "we are here to talk"
            return phrase.cls == "side" and phrase.det == "the" and self.accepts(clauses, item, "force")
        if slot == "quarter":
            return phrase.det == "the" and phrase.word in WORDS["quarter"] and self.accepts(clauses, item, "place")
        if slot == "corners":
            return phrase.det in ("every", "each", "all", "both") and phrase.word in WORDS["corners"]
        if slot == "nobody":
            linked = item.at + 2 < clauses.count and clauses.phrases[item.at + 1].word in ("from", "of")
            return phrase.word in ("nobody", "none", "one") and linked and self.is_armed(item.at + 2)
        if slot == "nosign":
            led = phrase.word in WORDS["sign"] and self._none(item.at)
            return led and item.end > item.at + 2 and self.is_armed(item.at + 2)
        if slot == "noside":
            return (phrase.det in ("no", "not") or self._none(item.at)) and self.is_armed(item.at)
        if slot == "road":
            return phrase.cls != "pron" and self.accepts(clauses, item, "route")
        if slot == "siege" and phrase.word in ("ring", "noose", "circle"):
            return item.end > item.at + 1 and clauses.phrases[item.at + 1].word in ("around", "round")
        if slot == "flag" and phrase.det == "a" and "white" in phrase.mods:
            return False  # who gives up; "the white flag" may be somebody's
        if slot in WORDS and slot not in ("metre", "post", "everything", "quarter"):
            return phrase.word in WORDS[slot] or (
                phrase.cls == "share" and item.end > item.at + 2 and clauses.phrases[item.at + 2].word in WORDS[slot]
            )
        if slot == "attackon":
            return phrase.word in WORDS["attack"] and self._aimed(item.at) is not None
        if slot == "bidon":  # an attack on a building that was foiled may have been no more than a raid
            aimed = self._aimed(item.at) if phrase.word in WORDS["attack"] else None
            return aimed is not None and (phrase.word not in _RAIDS or self.accepts(clauses, aimed, "definite"))
        if slot == "metre":
            return phrase.word in WORDS["metre"] and item.end > item.at + 2 and self._none(item.at)
        if slot == "post":
            owned = phrase.owner is not None and phrase.owner.cls in ("name", "asset")
            owned = owned or (
                phrase.head - 1 in phrase.names and all(self.known.get(n, "place") == "place" for n in phrase.names)
            )
            return phrase.word in WORDS["post"] and (
                owned or (item.end > item.at + 2 and phrase.det in ("the", "a", "all"))
            )
        if slot == "fightingin":
            return (
                phrase.word in WORDS["fighting"]
                and item.end > item.at + 1
                and clauses.phrases[item.at + 1].word in ("in", "inside", "within", "for")
            )
        if slot == "fallen":  # a wall that fell lies in ruins
            return phrase.word not in WORDS["structures"] and self.accepts(clauses, item, "asset")
        if slot == "fullcontrol":  # "under full control", which only those say who have it
            full = phrase.word == "control" and bool(phrase.mods) and "fire" not in phrase.mods
            return full and item.end == item.at + 1 and not self._owned(item.at)
        if slot == "lost":
            beside = self.phrases[max(0, item.at - 4) : item.end + 4]  # "Belen, Sarab and Darin went last night"
            placed = any(p.cls == "name" and self.known.get(p.head) == "place" for p in beside)
            return phrase.cls == "name" and placed and self.accepts(clauses, item, "town")
        if slot == "standing":
            told = item.at > 0 and clauses.phrases[item.at - 1].cls == "W"  # "the last town that Belen had held"
            return phrase.cls == "asset" or (not told and self.accepts(clauses, item, "spot"))
        if slot == "site":
            first = self.tokens[phrase.start + bool(phrase.det)].lower if phrase.cls == "name" else ""  # "Fort Belen"
            kinds = lexicon().assets.get(phrase.word if phrase.cls == "asset" else first, ())
            return "site" in kinds
        if phrase.word == "airspace" and slot != "route":
            return False
        if phrase.word in BROADCASTERS and phrase.det == "the" and slot in ("asset", "place"):
            return phrase.cls == "people"
        if phrase.word == "place" and item.end == item.at + 1 and phrase.end == phrase.start + 2:
            return (
                slot in ("asset", "place", "leavable") and phrase.det in ("the", "this") and self._left_or_held(item.at)
            )
        if phrase.cls in ("time", "people", "own") or phrase.word in lexicon().not_assets:
            return False
        if item.at + 2 < clauses.count and clauses.phrases[item.at + 2].word == phrase.word:
            return clauses.phrases[item.at + 1].word != "to"  # "from street to street"
        if self.known.get(phrase.head) == "country" and item.at and clauses.phrases[item.at - 1].word == ",":
            return False
        named = name_asset(clauses, self.tokens, item)
        if named is None:
            return False
        if named.pron == "anything":  # "they haven't opened anything": of the routes just spoken of, if of any
            return slot == "route"
        if named.pron in ("them", "they"):
            led = item.at > 1 and clauses.phrases[item.at - 1].word in ("of", "from", "in", "into", "inside")
            return slot in ("asset", "place") and (phrase.cls == "share" or (led and phrase.word == "them"))
        if named.pron in ("former", "latter", "rest"):
            return slot in ("asset", "place")
        if named.pron:
            return named.pron in ("it", "itself") and (slot != "route" or self._route_before(item.at))
        if slot == "route":
            return "route" in named.classes and named.head not in ("line", "lines", "gate", "gates", "access")
        if slot == "place" and self.known.get(phrase.head) == "country":
            return False
        if slot == "place" and named.classes and not named.classes - {"route"}:
            return False
        if named.head:
            if not named.classes or (named.head in ("line", "lines", "ground", "way") and named.generic):
                return False
            return not (
                named.head.removesuffix("s") in lexicon().vague
                and not (phrase.det in ("the", "that", "this") and named.head in listed("any_site") - {"place", "spot"})
                and item.end <= item.at + 1
                and named.generic
                and not named.place
                and " " not in named.text
            )
        return self.is_place_name(item)

    def is_side(self, at: int) -> bool:
        """Whether the phrase can be someone who holds ground."""
        phrase = self.phrases[at]
        if phrase.word == "state" and phrase.det == "the" and demonyms().issuperset(phrase.mods[1:]):
            return True
        if phrase.cls == "side":
            if self._of_helpers(at):
                return False
            return not self.of_both(at) or (bool(phrase.mods) and "other" not in phrase.mods)
        if phrase.cls == "pron":
            of_them = at + 2 < self.clauses.count and [p.word for p in self.phrases[at : at + 3]] == [
                "none",
                "of",
                "them",
            ]
            return of_them or phrase.word in ("they", "we", "it", "them", "us", "he", "i", "those")
        if phrase.word == "others" and phrase.end == phrase.start + 1:
            return at + 1 < self.clauses.count and self.phrases[at + 1].kind == "vg"
        whole = at + 1 < self.clauses.count and self.phrases[at + 1].word == "of"  # "opposition members of parliament"
        if phrase.word in WORDS["belonging"] and not whole and self._of_a_side(phrase):
            return True
        if phrase.word in ("guard", "guards", "council", "councils") and not WORDS["guarding"].isdisjoint(phrase.mods):
            return True
        if phrase.cls in ("people", "other") and not WORDS["weaponed"].isdisjoint(phrase.mods):
            return phrase.word in WORDS["persons"]
        if phrase.det == "our" and phrase.cls in ("asset", "other", "name"):
            return phrase.word != "control" and phrase.word not in WORDS["traffic"]  # "is under our fire control"
        officers = phrase.word in WORDS["officers"] and any(m in demonyms() for m in phrase.mods)
        if officers or (phrase.cls == "people" and any(m in lexicon().actors for m in phrase.mods)):
            follow = self.phrases[at + 1] if at + 1 < self.clauses.count else phrase
            return follow.kind == "vg" and follow.word in moods()["saying verbs"] | moods()["denying verbs"]
        if phrase.cls == "name":
            kind = self.known.get(phrase.head, "")
            return kind not in ("place", "outlet", "civil") or self._governs(at)
        if phrase.owner is not None and phrase.word in moods()["telling nouns"] | moods()["trying nouns"]:
            return phrase.owner.cls in ("side", "name")
        if phrase.cls == "share" or phrase.word in _REMNANTS:
            inner = at + 2
            linked = (
                inner < self.clauses.count and self.phrases[at + 1].word == "of" and self.phrases[inner].kind == "np"
            )
            return (linked and self.is_side(inner)) or phrase.word == "none"
        return False

    def of_both(self, at: int) -> bool:
        """Whether the phrase is of those who fight one another: "neither side", "both parties", not "his side"."""
        phrase = self.phrases[at]
        if phrase.owner is not None and phrase.word in moods()["telling nouns"]:
            phrase = phrase.owner  # "neither side's claim to hold it"
        if phrase.word == "side" and phrase.det in WORDS["own"]:
            return False
        return phrase.det == "neither" or phrase.word in ("side", "sides", "parties")

    def _of_helpers(self, at: int) -> bool:
        """Whether the phrase is of those who fight for nobody: "volunteers of the Red Crescent"."""
        inner = at + 2
        linked = inner < self.clauses.count and self.phrases[at + 1].word in ("of", "from", "with")
        return linked and self.known.get(self.phrases[inner].head) == "civil"

    def _of_a_side(self, phrase: Phrase) -> bool:
        """Whether the words before the noun name a side: "army engineers", "a single Zenna man"."""
        named = any(self.known.get(name) in SIDES for name in phrase.names)
        return named or any(word in lexicon().actors for word in phrase.mods)

    def _governs(self, at: int) -> bool:
        """Whether the name at phrase `at` is a capital that acts for its government: "Abuja admits"."""
        follow = at + 1
        while follow < self.clauses.count and self.phrases[follow].kind == "w" and self.phrases[follow].cls == "R":
            follow += 1
        acting = follow < self.clauses.count and self.phrases[follow].kind == "vg" and not self.phrases[follow].passive
        held = at > 1 and self.phrases[at - 1].word == "of" and self.phrases[at - 2].word in ("hands", "control")
        return (acting or held) and len(self.phrases[at].names) == 1 and normal(self.phrases[at].word) in capitals()

    def _left_or_held(self, at: int) -> bool:
        """Whether "the place" at phrase `at` is one that somebody leaves, holds or enters."""
        verb = self.phrases[at - 1] if at else None
        return verb is not None and verb.kind == "vg" and verb.word in _PLACED

    def _said_of(self, at: int) -> bool:
        """Whether the verb before phrase `at` has a subject, so that it says what somebody is: "he is no soldier"."""
        if not at or self.phrases[at - 1].word not in ("be", "become"):
            return False
        return any(who < at for who in self.clauses.subject(at - 1))  # but "there is not a soldier, residents said"

    def _aimed(self, at: int) -> Item | None:
        """What the attack at phrase `at` is aimed at: "an assault on the fort", "an attempt to storm the fort"."""
        for j in range(at + 1, min(at + 6, self.clauses.count - 1)):
            phrase, inner = self.phrases[j], self.phrases[j + 1]
            aims = phrase.kind == "w" and phrase.word in ("on", "against", "at", "into", "towards")
            aims = aims or (phrase.kind == "vg" and phrase.form == "inf")
            if aims and inner.kind == "np":
                item = Item(j + 1, self.clauses._tail(j + 1))
                if inner.word in WORDS["ways in"] and not inner.names:
                    return None  # "was repulsed at the gates"
                return item if self.accepts(self.clauses, item, "place") else None
            if phrase.kind == "np" and phrase.cls != "time" and self.phrases[j - 1].word != "by":
                return None
        return None

    def attacker(self, at: int) -> tuple[int, str]:
        """Who made the attack at phrase `at`: the phrase after "by", or the words before "attack"."""
        for j in range(at + 1, min(at + 6, self.clauses.count - 1)):
            if self.phrases[j].kind == "vg":
                break
            if self.phrases[j].word == "by" and self.is_side(j + 1):
                return j + 1, ""
        held = self.holder(at)[0]
        return -1, "" if held in ("they", "we") else held

    def _route_before(self, at: int) -> bool:
        """Whether the last asset named before phrase `at` is a road, so that "it" can be one."""
        for phrase in reversed(self.phrases[:at]):
            if phrase.cls == "asset":
                return "route" in lexicon().assets[phrase.word]
        return False

    def is_armed(self, at: int) -> bool:
        """Whether the phrase is plainly a side: a common noun or a known name, not just any capitalised word."""
        phrase = self.phrases[at]
        if phrase.cls == "name":
            if not WORDS["traffic"].isdisjoint(phrase.mods):
                return False  # "the hospital ship Mercy"
            kind = self.known.get(phrase.head, "")
            acting = kind == "country" and at + 1 < self.clauses.count and self.phrases[at + 1].kind == "vg"
            return kind in SIDES or acting or self._is_people(at) or self._is_short(phrase)
        if phrase.cls == "pron":
            return phrase.word in ("they", "we", "it", "them", "us")
        return self.is_side(at)

    def _is_people(self, at: int) -> bool:
        """Whether the name is that of a people or a band: "the Kurds", "the Zenna", "there are no Norlanders"."""
        phrase = self.phrases[at]
        kind = self.known.get(phrase.head, "")
        if kind == "nation":
            return phrase.det in ("the", "no")
        return phrase.det == "the" and not kind and len(phrase.names) == 1 and not self.headline

    def _is_short(self, phrase: Phrase) -> bool:
        """Whether the name is a short form that nothing tells to be anything but a side: "the ZLF"."""
        text = self.tokens[phrase.head].text
        short = len(phrase.names) == 1 and phrase.det in ("the", "") and is_short(text)
        return short and phrase.head not in self.known and not self.headline and phrase.word not in _NO_SIDES

    def is_place_name(self, item: Item) -> bool:
        """Whether a capitalised name may be a place: not a known side, nation's adjective, person."""
        phrase = self.clauses.phrases[item.at]
        last = self.clauses.phrases[item.end - 1] if item.end - 1 < self.clauses.count else phrase
        target = last if phrase.cls != "name" and last.cls == "name" else phrase
        kind = self.known.get(target.head, "")
        titled = self.tokens[target.start].lower in TITLES or self.tokens[target.start - 1].lower in TITLES
        counted = target.cls == "name" and (
            target.det == "one" or target.det in listed("small_numbers")
        )  # "captured two BMDs"
        owned = target.det in ("their", "his") and phrase.cls == "name" and kind != "place"  # "they left their Grads"
        return not owned and kind not in NO_PLACES and target.word not in demonyms() and not titled and not counted

    def _alone(self, at: int) -> bool:
        """Whether the phrase is the side that alone is there: "nobody but us", "no one except the army"."""
        if not 1 < at < self.clauses.count or self.phrases[at - 1].word not in ("but", "except", "save"):
            return False
        return self.phrases[at - 2].word in ("nobody", "one", "none") and self.is_armed(at)

    def _none(self, at: int) -> bool:
        phrase = self.phrases[at]
        if phrase.det in ("no", "neither") or phrase.word in ("none", "nobody", "nothing"):
            return True
        before = self.phrases[at - 1] if at else None
        if before is not None and before.word == "neither":
            return True
        if (
            before is not None
            and before.word == "but"
            and at > 1
            and self.phrases[at - 2].word in ("all", "everything")
            and not (phrase.det in listed("small_numbers") and self.phrases[at + 1].word == "of")
        ):
            return True  # "all but the harbour"
        return before is not None and before.kind == "w" and before.word == "not"

    def _ends(self, j: int) -> bool:
        return j >= self.clauses.count or (self.phrases[j].kind == "w" and self.phrases[j].cls in ".,;:-KSI")

    def _owned(self, at: int) -> bool:
        fire = self.phrases[at].word == "control" and "fire" in self.phrases[at].mods  # "under our fire control"
        return not fire and bool(self.holder(at)[0])

    def holder(self, at: int) -> tuple[str, int]:
        """The side named inside a phrase such as "government hands" or "the army's control"; its text and -1."""
        phrase = self.phrases[at]
        if phrase.word in WORDS["flag"] and "national" in phrase.mods:
            return "government", -1
        if "national" in phrase.mods and phrase.word in ("authority", "sovereignty", "control", "rule"):
            return "government", -1  # "remains under national authority"
        if phrase.owner is not None:
            placed = self.known.get(phrase.owner.head, "") in ("place", "person")
            if phrase.owner.cls in ("side", "name") and (not placed or normal(phrase.owner.word) in capitals()):
                return " ".join(
                    t.text
                    for t in self.tokens[phrase.owner.start : phrase.owner.end]
                    if t.lower not in ("the", "a", "its")
                ), -1
            return "", -1
        words = [
            t.text
            for i, t in enumerate(self.tokens[phrase.start : phrase.end], phrase.start)
            if i != phrase.head and (_sided(t.lower) or t.text[0].isupper() or t.lower in demonyms())
            and t.lower not in lexicon().closed and t.lower not in ("full", "firm", "complete", "total")
        ]  # fmt: skip
        words = ["government" if w.lower() in ("gov't", "govt") else w for w in words]
        if words and not all(w.lower() in ("civilian", "international") for w in words):
            return " ".join(words), -1
        if phrase.det in ("their", "its", "our", "his"):
            return {"our": "we"}.get(phrase.det, "they"), -1
        return "", -1
