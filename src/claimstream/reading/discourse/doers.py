"""Who took or lost what a sentence says was taken or lost, without saying by whom."""

from __future__ import annotations

from functools import cache

from claimstream.lexicon.names import default
from claimstream.lexicon.places import candidates, normal
from claimstream.reading.discourse.actors import NARRATED
from claimstream.reading.discourse.narrators import inside
from claimstream.reading.discourse.parsed import Parsed, once
from claimstream.reading.discourse.we import We, quoted
from claimstream.reading.rules.assets import HELD, demonyms
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.words import lexicon, listed

_NATIONAL = 4
"""Words of a side's name among which that of a nation is looked for."""
_CONCEDING = frozenset(("admit", "acknowledge", "concede"))
_ADMITTING = _CONCEDING | {"confirm"}


class Doers(We):
    """The sides that an article leaves unsaid."""

    @property
    def _engaged(self) -> dict[str, tuple[int, str]]:
        """The sides that the article speaks of: how often, and their stance."""
        return once(self.made, "_engaged", self._find_engaged)

    def _find_engaged(self) -> dict[str, tuple[int, str]]:
        found: dict[str, tuple[int, str]] = {}
        for j in range(min(len(self.sentences), NARRATED)):
            parsed = self.parsed(j)
            for s in parsed.sides:
                phrase = parsed.phrases[s]
                sure = parsed.known.get(phrase.head) in SIDES or phrase.word in lexicon().actors
                apart = not lexicon().enemy.isdisjoint((phrase.word, *phrase.mods)) or phrase.word.startswith(
                    "peacekeep"
                )
                text = parsed.text(s) if sure and not apart else ""
                if text and lexicon().actors.get(text) != "other":  # "units" says nothing of whose
                    for name in (text, *_beside(parsed, s)):
                        count, stance = found.get(name, (0, ""))
                        found[name] = count + 1, stance or self.stance(parsed, s)
        return found

    def opponent(self, side: str, sure: bool = False) -> str:
        """The side that the article speaks of most among those that may be the enemy of `side`; "" if none.

        With `sure` only one that fights a state where `side` is a state's, or the other way round.
        """
        initials = "".join(word[0] for word in side.split()).lower()
        stance = next((kind for name, (_, kind) in self._engaged.items() if kind and name in (side, side.lower())), "")
        if not stance:
            stance = lexicon().actors.get(side.split()[-1].lower(), "") if side else ""
        home = nation(side)
        others = {
            name: (bool(kind) and kind != stance, bool(home and nation(name)), count)
            for name, (count, kind) in self._engaged.items()
            if not alike(name, side) and name.lower() != initials and not (kind == stance and _office(name))
        }
        best = max(others, key=lambda name: others[name], default="") if stance or not sure else ""
        return best if best and (others[best][0] or not sure) else ""

    def in_full(self, side: str) -> str:
        """ "Joint Operations Command" for "Command", where the article names one such."""
        if " " in side or not side[:1].isupper() or side.endswith("s"):
            return side
        longer = [name for name in self._engaged if name.endswith(f" {side}") and " of " not in name]
        return longer[0] if len(longer) == 1 else side

    def others(self, i: int, at: int, found: str, ok: bool) -> tuple[str, bool]:
        """The side found for "they" at phrase `at`; in the mouth of that side itself, which says "we", its opponent."""
        if ok and inside(self.sentences[i], self.parsed(i).phrases[at].start):
            said, sure = self.speaker(i)
            if sure and (alike(said, found) or (self._stately(said) and self._stately(found))):
                return self.opponent(said) or found, True
        return found, ok

    def foe(self, i: int) -> str:
        """Whom "the enemy" of sentence `i` means: the opponent of its speaker, or of who acts in it; "" where open."""
        said, ok = self.speaker(i)
        parsed = self.parsed(i)
        acting = (parsed.text(s) for s in parsed.candidates() if parsed.phrases[s].word not in lexicon().enemy)
        ours = said if ok else next(acting, "")
        return self.opponent(ours, sure=True) if ours else ""

    def stately(self, i: int) -> bool:
        """Whether one of a state's own speaks in sentence `i`."""
        said, ok = self.speaker(i, back=0)
        return ok and self._stately(said)

    def _stately(self, side: str) -> bool:
        return any(lexicon().actors.get(word.lower()) == "state" for word in side.split())

    def occupier(self, i: int) -> str:
        """Who occupies what sentence `i` calls occupied: the opponent of its speaker, or of whose voice it is."""
        said, ok = self.speaker(i, back=0)
        ours = said if ok else self.narrator
        return self.opponent(ours, sure=True) if ours else ""

    def victor(self, i: int) -> str:
        """The rebels who say themselves in sentence `i` that a place has fallen, and do not admit it; else ""."""
        if any(p.kind == "vg" and p.word in _ADMITTING for p in self.parsed(i).phrases):
            return ""
        return self._rebel_voice_in(i)

    def yielding(self, i: int) -> str:
        """The rebels who concede in sentence `i` that a place has fallen; else ""."""
        conceded = any(p.kind == "vg" and p.word in _CONCEDING and not p.negated for p in self.parsed(i).phrases)
        return self._rebel_voice_in(i) if conceded else ""

    def _rebel_voice_in(self, i: int) -> str:
        """The rebels who speak in sentence `i`; else ""."""
        said, ok = self.speaker(i, back=0)
        if not ok:
            return ""
        stances = {lexicon().actors.get(word, "") for word in said.lower().split()} & {"rebel", "state"}
        return said if stances == {"rebel"} or self._engaged.get(said, (0, ""))[1] == "rebel" else ""

    def loser(self, i: int, asset: str) -> tuple[str, bool]:
        """Who lost an asset that "fell": the opponent of the side last said to have taken it."""
        taker = next((side for name, side in reversed(self.taken) if side and (name == asset or asset in name)), "")
        other = self.opponent(taker) if taker else ""
        return other, bool(other)

    def keeper(self, i: int, first: int, last: int) -> tuple[str, str]:
        """(whose the words of an asset say it is, that side's stance): "the rebel stronghold of Belen", "army base"."""
        parsed, actors = self.parsed(i), lexicon().actors
        for m in range(first, last):
            text = parsed.sentence.tokens[m].text
            held = HELD.match(text)
            word = held[1] if held else text
            stance = actors.get(word.lower(), "")
            if stance in ("state", "rebel"):
                return word, stance
            if parsed.known.get(m) in SIDES:
                return parsed.sentence.tokens[m].text, {"state": "state", "side": "rebel"}.get(parsed.known[m], "")
        return "", ""

    def doer(self, i: int, stance: str, turned: bool, losing: bool = False) -> tuple[str, bool]:
        """Who took or lost what a sentence says was taken or lost, without saying by whom.

        The side of the speaker of the same sentence where that fits, else the side of the wanted stance last named.
        `turned` where the sentence denies it, `losing` where it speaks of a loss: who denies a loss speaks of his own
        side, who boasts of one of the other.
        """
        said, ok = self.speaker(i, back=0)
        own = ""
        stately = any(lexicon().actors.get(w.lower()) == "state" for w in said.split())
        if losing and ok and stance == "state":
            if turned or stately:
                return said, True
        elif ok and not turned and stance != "rebel":
            return said, True
        elif ok and (
            turned or stance == "rebel"
        ):  # who says that it was not taken, or has not fallen, means: by others
            stance = "rebel" if stately else "state"
            own = said
        if losing and turned and not ok and self.narrator and not quoted(self.sentences[i]):
            return self.narrator, True  # "the port was at no time abandoned", in a statement of the rebels
        voiced = stance == "winner" or (not stance and not quoted(self.sentences[i]))
        if voiced and not turned and self.narrator:
            return self.narrator, True
        if not stance and not turned:
            latest = next((side for _, side in reversed(self.taken) if side and side != "we"), "")
            if latest:
                self.guessing = True
                return latest, True
        known = stance == "winner" or losing
        stance = stance or "rebel"
        taking = stance != "state"
        if stance == "winner":
            stance = "rebel" if self.rebel_voice or self.hostile else "state"
        self.guessing = not turned
        for j in range(i, -1, -1):
            parsed = self.parsed(j)
            for s in reversed(parsed.sides):
                phrase = parsed.phrases[s]
                if (
                    phrase.word in lexicon().enemy
                    or phrase.word in listed("offices")
                    or (taking and phrase.word in listed("holders"))
                    or self.stance(parsed, s) != stance
                    or phrase.det in ("its", "their", "his")
                    or _hiring(parsed, s)
                    or (taking and _beaten(parsed, s))
                ):
                    continue
                if parsed.known.get(phrase.head, "side") not in SIDES:
                    continue
                text = parsed.text(s)
                if text and own and _office(text) and self.stance(parsed, s) == self._engaged.get(own, (0, stance))[1]:
                    continue  # "an official of the interior ministry"
                if text and not (own and alike(text, own)):
                    return self._group(text) if text.lower() in listed("nameless") else text, True
            if i - j > 12:
                break
        if own:
            text = self.opponent(own)
            return text, bool(text)
        text = self.salient(stance, taking)
        if not text and not known:
            text = self.salient("state" if stance == "rebel" else "rebel", taking)
        return text, bool(text)


_BEATEN = frozenset(
    "block besiege surround encircle drive push expel defeat trap rout eliminate neutralise dislodge".split()
)
_GOING = frozenset("leave flee withdraw retreat abandon lose surrender".split())


def _beaten(parsed: Parsed, s: int) -> bool:
    """Whether the sentence says of the side at phrase `s` that it lost or left: such a side has liberated nothing."""
    for k, phrase in enumerate(parsed.phrases):
        lost = phrase.kind == "vg" and (phrase.word in _GOING if not phrase.passive else phrase.word in _BEATEN)
        if lost and s in parsed.clauses.subject(k):
            return True
    return False


def _hiring(parsed: Parsed, s: int) -> bool:
    """Whether the side only has somebody in its pay or its cells: "a driver hired by the police"."""
    by = s > 1 and parsed.phrases[s - 1].word == "by" and parsed.phrases[s - 2].kind == "vg"
    return by and parsed.phrases[s - 2].word in listed("hiring")


def _beside(parsed: Parsed, s: int) -> tuple[str, ...]:
    """ "Norlandic forces" beside "Karlandic" in "Norlandic and Karlandic forces"; nothing elsewhere."""
    phrases = parsed.phrases
    if s < 2 or phrases[s - 1].word != "and" or not nation(parsed.text(s)):
        return ()
    other = phrases[s - 2]
    lone = other.kind == "np" and other.end == other.start + 1 and other.word in demonyms()
    return (f"{parsed.sentence.tokens[other.start].text} {phrases[s].word}",) if lone else ()


@cache
def nation(side: str) -> str:
    """The country whose name or whose people's the words of a side bear; "" for others."""
    for word in side.replace("’", "'").split()[:_NATIONAL]:
        name = normal(word.removesuffix("'s").removesuffix("'"))
        code = default().people.get(name, "")
        found = candidates(name) if not code and word[:1].isupper() else ()
        if code or (found and found[0].kind == "country"):
            return code or found[0].country
    return ""


def alike(one: str, other: str) -> bool:
    """Whether all the words of one side's name stand in the other's: "army" and "Norlandic army".

    A state's own without a name are alike too: "army" and "military".
    """
    mine, theirs = set(one.lower().split()), set(other.lower().split())
    home, away = nation(one), nation(other)
    if home and away:
        rebels = ("rebel" in {lexicon().actors.get(word) for word in words} for words in (mine, theirs))
        return home == away and len(set(rebels)) == 1
    return mine <= theirs or theirs <= mine or all(lexicon().actors.get(word) == "state" for word in mine | theirs)


def _office(side: str) -> bool:
    """Whether a side is named by an office: "interior ministry"."""
    return side.split()[-1].lower() in listed("offices")
