"""Who "they", "it" and "the group" are within one article, and whose men "their men" are."""

from __future__ import annotations

from claimstream.reading.discourse.actors import BACK, Actors
from claimstream.reading.discourse.parsed import Parsed, plain_words
from claimstream.reading.discourse.telling import teller, teller_side, telling
from claimstream.reading.rules.assets import name_side
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.words import lexicon, listed

_STORMS = frozenset("hurricane cyclone typhoon storm tornado".split())
"""Before a name they make it that of no side: "Hurricane Odile killed nine people when it came ashore"."""
_WATCH = frozenset("police gendarmes gendarmerie guard guards coastguard".split())
"""Those who in disasters mostly speak of others."""


class They(Actors):
    """The sides that an article points back to. Who speaks, which they may hang on, is for the subclass to say."""

    def speaker(self, i: int, back: int = 2, at: int = -1) -> tuple[str, bool]:
        """The side that "we" stands for in sentence `i`, and whether it is known."""
        raise NotImplementedError

    def _speaker_side(self, j: int, parsed: Parsed, k: int, person: bool = False) -> str:
        """The side of whoever speaks the verb `k` of sentence `j`; "" if none."""
        raise NotImplementedError

    def side(self, i: int, at: int) -> tuple[str, bool]:
        """The natural name of the side at phrase `at` of sentence `i`, and whether a reference was resolved."""
        parsed = self.parsed(i)
        phrase = parsed.phrases[at]
        tokens = parsed.sentence.tokens
        if phrase.cls == "pron":
            if phrase.word in ("we", "us", "i", "our"):
                return self.speaker(i, at=at)
            found, ok = self.actor_before(i, at)
            return ("", False) if found.lower().split(" ")[0] in _STORMS else (found, ok)
        if phrase.word == "others":  # "protesters stormed the ministry; others seized the bank"
            return self.actor_before(i, at)
        if phrase.det in ("our", "my"):
            found, ok = self.speaker(i)
            words = name_side(parsed.clauses, tokens, at)
            if ok:
                return found, True
            own = lexicon().actors.get(phrase.word) == "state"
            return (words, True) if own or not words else (f"our {words}", False)
        if phrase.word in moods()["telling nouns"] and phrase.owner is not None:
            return plain_words(tokens[phrase.owner.start : phrase.owner.end]), True
        if phrase.cls != "side" and at + 2 < len(parsed.phrases) and parsed.phrases[at + 1].word == "of":
            return self.side(i, at + 2)
        if (
            phrase.det in ("its", "their", "his", "her")
            and phrase.cls == "side"
            and phrase.word not in ("garrison", "defenders", "guards")
        ):
            found, ok = self._commander(i, at) if phrase.det in ("his", "her") else self.actor_before(i, at)
            return (found, True) if ok else (name_side(parsed.clauses, tokens, at), False)
        if phrase.owner is not None and phrase.owner.word in lexicon().anaphoric and phrase.owner.det == "his":
            found, ok = self.speaker(i)
            if ok:
                return found, True  # "his movement's fighters"
        owner = self._whose(parsed, at)
        if owner >= 0:
            return self.side(i, owner)
        text = parsed.text(at)
        if phrase.cls == "name" and text.split(" ")[0].lower() in listed("offices"):
            return "government", True  # "President Sarab announced the capture of Belen"
        pointing = len(text.split()) == 1 and phrase.det in ("the", "this", "that", "these", "those")
        if pointing and phrase.word in lexicon().anaphoric:
            found, ok = self.actor_before(i, at, named=True)
            return (found, True) if ok else (self.band(text), False)
        return self._group(text) if pointing and phrase.word in listed("nameless") else text, True

    def _commander(self, i: int, at: int) -> tuple[str, bool]:
        """Whose men "his men" at phrase `at` are: those of whoever tells of them, or of the speaker."""
        verb = telling(self.parsed(i), at)
        teller = self._speaker_side(i, self.parsed(i), verb) if verb >= 0 else ""
        if teller:
            return teller, True
        found, ok = self.speaker(i)
        return found, ok and found != "army"  # "the general praised his brigade"

    def _whose(self, parsed: Parsed, at: int) -> int:
        """The side in "the militia, whose men", for the men at phrase `at`; else -1."""
        if at < 2 or parsed.phrases[at - 1].word != "whose":
            return -1
        m = at - 2 if parsed.phrases[at - 2].kind == "np" else at - 3
        return m if m >= 0 and m in parsed.sides else -1

    def actor_before(self, i: int, at: int, named: bool = False) -> tuple[str, bool]:
        """The side last spoken of before phrase `at` of sentence `i`."""
        own = self.parsed(i)
        phrase = own.phrases[at]
        single = (phrase.cls == "pron" and phrase.word == "it") or phrase.det == "its"
        told = teller(own, at)
        if told >= 0 and not named and told != at:
            return self.side(i, told) if own.phrases[told].cls != "people" else (teller_side(own, told), True)
        ahead = max(own.ahead(at), own.said_of(at), self._closing_teller(own, at))
        if ahead >= 0:
            return own.text(ahead), True
        same = self._same_they(own, at)
        if same >= 0:
            return self.actor_before(i, same)
        other = {self.stance(own, s) for s in own.sides if s > at} - {""}
        for phrase in own.phrases[at + 1 :]:
            if phrase.cls == "asset":  # "they broke through government lines"
                other |= {lexicon().actors.get(m, "") for m in phrase.mods} & {"state", "rebel"}
        hostile, doers = "", self._doers(own, at)
        for back in range(BACK):
            j = i - back
            if j < 0:
                break
            parsed = self.parsed(j)
            if back == 1 and not named and not single and parsed.opens_with_they >= 0:
                return self.actor_before(j, parsed.opens_with_they)  # "They took the fort. The town was theirs too"
            for s in parsed.candidates(at if not back else -1):
                phrase = parsed.phrases[s]
                if named and not (phrase.names or phrase.cls == "name"):
                    continue
                if not back and s in doers:
                    continue  # "the soldiers drove them out": not the soldiers
                if back and not named and not single and _tells_of_people(parsed, s):
                    return "", False
                if self.stance(parsed, s) in other or (named and self.stance(parsed, s) == "state"):
                    continue
                if (
                    single
                    and phrase.plural
                    and phrase.word not in ("forces",)
                    and phrase.cls == "side"
                    and not phrase.names
                ):
                    continue
                if phrase.det in ("its", "their", "our", "his", "her"):
                    if phrase.det in ("his", "her"):  # "his forces had captured it; they also hold the road"
                        said, ok = self.speaker(j)
                        if ok or not back:
                            return said, ok
                    told = teller(parsed, s) if back == 0 and phrase.det == "their" else -1
                    if told >= 0:
                        # "officials said that their men had left the fort, which they"
                        return teller_side(parsed, told), True
                    continue
                text = parsed.text(s)
                if text and phrase.word in lexicon().enemy:
                    hostile = hostile or text
                elif text:
                    return text, True
        if not hostile and own.sentence.title and not single:
            hostile = self.salient("rebel")  # "Bridge still theirs"
        return hostile, bool(hostile)

    def _same_they(self, parsed: Parsed, at: int) -> int:
        """The "they" before phrase `at` that stands for the same, where nobody acts in between; else -1."""
        phrases = parsed.phrases
        here = phrases[at : at + 3] if phrases[at].kind == "vg" else phrases[at : at + 1]  # "is still | theirs"
        if not any(phrase.word in ("they", "theirs") or phrase.det == "their" for phrase in here):
            return -1
        first = next((k for k in range(at) if phrases[k].word == "they" and phrases[k].kind == "np"), -1)
        parted = first >= 0 and any(first < s < at and s in parsed.agents for s in parsed.sides)
        return -1 if parted or any(phrases[k].word == ";" for k in range(first, at)) else first

    def _closing_teller(self, parsed: Parsed, at: int) -> int:
        """The side that "theirs" behind phrase `at` is: "The port was theirs, the rebels said"; else -1."""
        phrases = parsed.phrases
        if all(phrase.word != "theirs" for phrase in phrases[at : at + 4]) or any(s < at for s in parsed.sides):
            return -1
        for s in parsed.sides:
            told = s + 1 < len(phrases) and phrases[s + 1].word in moods()["saying verbs"]
            if told and s > at + 1 and phrases[s - 1].word == ",":
                return s
        return -1

    def _doers(self, parsed: Parsed, at: int) -> tuple[int, ...]:
        """Who does something to the pronoun at `at`, and so is not meant by it."""
        done = parsed.phrases[at].word == "them" and at > 0 and parsed.phrases[at - 1].kind == "vg"
        return parsed.clauses.subject(at - 1) if done else ()

    def actor_after(self, i: int, at: int) -> tuple[str, bool]:
        """The first side named behind phrase `at`: "their capture of the dam gives the rebels water"."""
        parsed = self.parsed(i)
        text = next((parsed.text(s) for s in parsed.sides if s > at), "")
        return text, bool(text)


def _tells_of_people(parsed: Parsed, s: int) -> bool:
    """Whether the side at phrase `s` only speaks, of people whom "they" mean: "40 pilgrims are stuck, police said"."""
    phrases = parsed.phrases
    if (
        phrases[s].word not in _WATCH
        or s + 1 >= len(phrases)
        or phrases[s + 1].kind != "vg"
        or phrases[s + 1].word not in moods()["saying verbs"]
    ):
        return False
    counted = (phrase for k, phrase in enumerate(phrases) if k != s and phrase.kind == "np" and phrase.cls == "people")
    return any(phrase.plural or phrase.word == "people" for phrase in counted)
