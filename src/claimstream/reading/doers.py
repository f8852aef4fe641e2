"""Who took or lost what a sentence says was taken or lost, without saying by whom."""

from __future__ import annotations

from claimstream.reading.actors import Actors
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.words import lexicon, listed


class Doers(Actors):
    """The sides that an article leaves unsaid."""

    def loser(self, i: int, asset: str) -> tuple[str, bool]:
        """Who lost an asset that "fell": the side most spoken of that is not the one last said to have taken it."""
        taker = next((side for name, side in reversed(self.taken) if side and (name == asset or asset in name)), "")
        counts: dict[str, int] = {}
        for j in range(min(len(self.sentences), 20)):
            parsed = self.parsed(j)
            for s in parsed.sides:
                if parsed.known.get(parsed.phrases[s].head) in SIDES or parsed.phrases[s].word in lexicon().actors:
                    text = parsed.text(s)
                    counts[text] = counts.get(text, 0) + 1
        if not taker:
            return "", False
        words = set(taker.lower().split())
        stance = "rebel" if lexicon().actors.get(taker.split()[-1].lower()) == "rebel" else "state"
        others = [
            t
            for t in counts
            if not words & set(t.lower().split()) and "".join(w[0] for w in taker.split()).lower() != t.lower()
        ]
        if stance == "rebel":
            return self.doer(i, "state", False)
        return (max(others, key=lambda t: counts[t]), True) if others else ("", False)

    def doer(self, i: int, stance: str, turned: bool, losing: bool = False) -> tuple[str, bool]:
        """Who took or lost what a sentence says was taken or lost, without saying by whom.

        The side of the speaker of the same sentence where that fits, else the side of the wanted stance last named.
        `turned` where the sentence denies it, `losing` where it speaks of a loss: who denies a loss speaks of his own
        side, who boasts of one of the other.
        """
        said, ok = self.speaker(i, back=0)
        stately = any(lexicon().actors.get(w.lower()) == "state" for w in said.split())
        if losing and ok and stance == "state":
            if turned or stately:
                return said, True
        elif ok and stance == "rebel" and not turned and not stately:
            stance = "state"  # the rebels say that it has not fallen: to the others
        elif ok and not turned and (stance != "rebel" or not stately):
            return said, True
        elif turned and ok:  # a speaker who says that it was not taken speaks of the other side
            stance = "rebel" if stately else "state"
        if not stance and not turned:
            latest = next((side for _, side in reversed(self.taken) if side and side != "we"), "")
            if latest:
                self.guessing = True
                return latest, True
        stance = stance or "rebel"
        if stance == "winner" and (self.voice or self.narrator) and not turned:
            return self.voice or self.narrator, True
        if stance == "winner":
            stance = "rebel" if self.rebel_voice else "state"
        self.guessing = not turned
        for j in range(i, -1, -1):
            parsed = self.parsed(j)
            for s in reversed(parsed.sides):
                phrase = parsed.phrases[s]
                if (
                    phrase.word in lexicon().enemy
                    or phrase.word in listed("offices")
                    or self.stance(parsed, s) != stance
                    or phrase.det in ("its", "their", "his")
                ):
                    continue
                if parsed.known.get(phrase.head, "side") not in SIDES:
                    continue
                text = parsed.text(s)
                if text:
                    return text, True
            if i - j > 12:
                break
        text = self.salient(stance) or self.salient("state" if stance == "rebel" else "rebel")
        return text, bool(text)
