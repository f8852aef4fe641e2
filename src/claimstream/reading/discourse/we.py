"""Who "we" and the speaker are within one article: the side that a person, a label or the article itself speaks for."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from claimstream.lexicon import load
from claimstream.model import Sentence
from claimstream.reading.discourse.actors import NARRATED
from claimstream.reading.discourse.narrators import QUOTES, partisan, signed
from claimstream.reading.discourse.parsed import Parsed, once, plain_words
from claimstream.reading.discourse.they import They
from claimstream.reading.rules.assets import demonyms, name_side
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.words import lexicon, listed

_HOME = ("interior", "defence", "defense")
"""What a ministry is of, without being a side's: "the Ministry of the Interior"."""
_DOUBTED = ("claim", "allege", "boast", "pretend")
_REMEMBERED = 12
"""Sentences for which a reader knows who somebody is."""
_POSTED = ("-installed", "-appointed", "-imposed")


@cache
def ranks() -> frozenset[str]:
    """Ranks of officers: who bears one and belongs to nobody else speaks for the army."""
    return frozenset(load("actors")["ranks"].split())


def _hostile(phrase: Phrase) -> bool:
    """Whether words name the enemy of whoever writes them: "the occupiers", "the occupation authorities"."""
    return phrase.word in lexicon().enemy or not lexicon().enemy.isdisjoint(phrase.mods) or "occupation" in phrase.mods


def _ended(parsed: Parsed, k: int, at: int) -> bool:
    """Whether what is told by the verb `k` ends before phrase `at`: "they claim that it fell: the streets are ours"."""
    said = False
    for phrase in parsed.phrases[k + 1 : max(at, 0)]:
        said = said or phrase.kind == "vg"
        if said and phrase.kind == "w" and phrase.cls in ";:" and not quoted(parsed.sentence):
            return True
    return False


def _apposed(phrases: Sequence[Phrase], at: int) -> list[int]:
    """Phrases before or behind a comma that say who somebody is: "Ada Berg, the army's spokesman"."""
    beside = (k for k in (at + 2, at - 2) if 0 <= k < len(phrases) and phrases[(k + at) // 2].word == ",")
    return [k for k in beside if phrases[k].kind == "np" and phrases[k].cls == "people"]


def _behind_comma(phrases: Sequence[Phrase], at: int) -> bool:
    """Whether the name at `at` follows who that is: "the spokesman of the ministry, Ada Berg, said"."""
    return phrases[at].cls in ("name", "people") and phrases[at - 1].word == "," and phrases[at - 2].kind == "np"


def _serves(phrases: Sequence[Phrase], at: int) -> bool:
    """Whether phrase `at` is a member of a state's bodies: "a member of parliament", "a provincial council member"."""
    if phrases[at].word not in ("member", "head", "chief", "chairman"):
        return False
    of = at + 2 < len(phrases) and phrases[at + 1].word == "of"
    words = {phrases[at + 2].word, *phrases[at + 2].mods} if of else set(phrases[at].mods)
    return not words.isdisjoint(listed("servants"))


def _of_office(phrase: Phrase) -> bool:
    """Whether the words name what belongs to an office: "the president's office", "the governor's press service"."""
    return phrase.owner is not None and phrase.cls != "people" and phrase.owner.word in listed("offices")


def _ranked(phrase: Phrase) -> bool:
    return phrase.cls == "people" and (phrase.word in ranks() or not ranks().isdisjoint(phrase.mods))


def quoted(sentence: Sentence) -> bool:
    """Whether the sentence holds, or belongs to, words in quotation marks."""
    return any(t.text in QUOTES for t in sentence.tokens)


class We(They):
    """The sides for which an article, and those whom it quotes, speak."""

    def speaker(self, i: int, back: int = 2, at: int = -1) -> tuple[str, bool]:
        """The side that "we" stands for in sentence `i`: that of the speaker named there or just before; else "we".

        With `at`, the phrase of "we", nobody counts whose words end before it.
        """
        spoken = moods()["saying verbs"] | moods()["denying verbs"] | {"call"}
        own = any(p.kind == "vg" and p.word in spoken for p in self.parsed(i).phrases) or self._goes_on(i)
        person = own and any(p.word in ("he", "she") for p in self.parsed(i).phrases)
        alone = not back  # "he" is somebody of whom the sentences before told
        back = back or (2 if person and self._he_tells(i, spoken) else 0)
        ahead = () if own else (i + 1,)
        for j in (i, *ahead, *range(i - 1, i - 1 - back, -1)) if back else (i,):
            if not 0 <= j < len(self.sentences):
                continue
            if j == i + 1 and self.sentences[j].paragraph != self.sentences[i].paragraph:
                continue
            parsed = self.parsed(j)
            for k, phrase in enumerate(parsed.phrases):
                if phrase.kind == "vg" and phrase.word in spoken and not self._cited(parsed, k):
                    if j == i and _ended(parsed, k, at):
                        continue
                    text = self._speaker_side(j, parsed, k, person and j < i)
                    if text:
                        return self._group(text), True
        cited = self._according(i)
        if cited:
            return self._group(cited), True
        labelled = self._labelled(i)
        if labelled:
            return self._group(labelled), True
        if alone:
            return "we", False
        told = "" if quoted(self.sentences[i]) else self.narrator
        return (told, True) if told else ("we", False)

    def _he_tells(self, i: int, spoken: Set[str]) -> bool:
        """Whether somebody of whom the sentences before told says this: "He conceded that Belen was lost"."""
        parsed = self.parsed(i)
        told = (at for k, p in enumerate(parsed.phrases) if p.word in spoken for at in parsed.clauses.subject(k))
        return any(parsed.phrases[at].word in ("he", "she") for at in told)

    def _goes_on(self, i: int) -> bool:
        """Whether somebody of whom the sentence before told goes on speaking: "His men, he went on, had left"."""
        phrases = self.parsed(i).phrases
        return any(
            one.word in ("he", "she") and verb.word in ("go", "continue") and before.word == ","
            for before, one, verb in zip(phrases, phrases[1:], phrases[2:], strict=False)
        )

    def _according(self, i: int) -> str:
        """The side of the speaker in "according to the rebels' news agency"; "" for others."""
        parsed = self.parsed(i)
        for k, phrase in enumerate(parsed.phrases[:-2]):
            if phrase.word == "according" and parsed.phrases[k + 1].word == "to":
                source = parsed.phrases[k + 2]
                if source.cls == "side":
                    named = parsed.text(k + 2)
                    return "government" if named.lower() in listed("offices") else named
                if source.cls in ("people", "other") and source.word not in listed("private"):
                    return self._side_of_person(i, parsed, k + 2)
        return ""

    def _labelled(self, i: int) -> str:
        """The side of the speaker in "Army spokesman: the port is ours", and "We hold it: rebels"."""
        parsed = self.parsed(i)
        marks = [k for k, p in enumerate(parsed.phrases) if p.word == ":" and p.kind == "w"]
        for at in (marks[0] - 1, marks[-1] + 1) if marks else ():
            near_edge = at <= 3 or at >= len(parsed.phrases) - 2
            if 0 <= at < len(parsed.phrases) and near_edge and parsed.phrases[at].kind == "np":
                if parsed.phrases[at].cls == "side":
                    return parsed.text(at)
                if parsed.phrases[at].cls == "people":
                    return self._side_of_person(i, parsed, at)
        return ""

    def _cited(self, parsed: Parsed, k: int) -> bool:
        """Whether the verb of saying only cites others: "contrary to what the rebels say"."""
        subjects = parsed.clauses.subject(k)
        return bool(subjects) and subjects[0] > 0 and parsed.phrases[subjects[0] - 1].word in ("what", "whatever")

    def _speaker_side(self, j: int, parsed: Parsed, k: int, person: bool = False) -> str:
        """The side of whoever speaks the verb `k` of sentence `j`: its subject, else nearest before or behind it.

        With `person` no organisation: "he" is somebody.
        """
        phrases = parsed.phrases
        subject = parsed.clauses.subject(k)
        inner = 0 < k < len(phrases) - 1 and phrases[k].form == "fin"
        told = not subject or any(p.kind == "vg" for p in phrases[subject[0] : k])
        if inner and told and phrases[k - 1].word == "," and phrases[k + 1].kind == "np":
            subject = (k + 1,)  # "..., says the army"
        ranked = ""
        heads = [parsed.clauses.top(s - 2) for s in subject if s > 1 and _behind_comma(phrases, s)]
        for at in (*subject, *heads, *range(k - 1, max(-1, k - 11), -1), *range(k + 1, min(len(phrases), k + 9))):
            phrase = phrases[at]
            if phrase.kind != "np" or phrase.det in ("our", "my") or _hostile(phrase):
                continue
            organised = phrase.cls == "name" and phrase.word in lexicon().organised
            if phrase.cls == "side" or organised:
                if at in subject and not person:
                    return self._fighters(j, at)
            elif _serves(phrases, at) or (at in subject and _of_office(phrase)):
                return "government"
            elif phrase.cls in ("people", "name") and phrase.word not in listed("private"):
                text = self._side_of_person(j, parsed, at)
                if not text and at in subject and j:
                    text = self._introduced(j, phrase)
                if text:
                    return text
                nation = next(
                    (t.text for t in parsed.sentence.tokens[phrase.start : phrase.end] if t.lower in demonyms()), ""
                )
                ranked = ranked or (f"{nation} army".strip() if _ranked(phrase) else "")
        self.guessing |= bool(ranked)
        return ranked

    def _introduced(self, j: int, speaker: Phrase) -> str:
        """The side of a speaker whom an earlier sentence has introduced: "Berg" after "the rebel spokesman Ada Berg".

        So too "the official" after "a security official"; "" where nobody was told to be of a side.
        """
        named = speaker.cls == "name" and not speaker.det
        if not named and (speaker.det != "the" or speaker.mods):
            return ""
        for back in range(j - 1, max(-1, j - _REMEMBERED), -1):
            if speaker.word not in [token.lower for token in self.sentences[back].tokens]:
                continue
            parsed = self.parsed(back)
            for at, phrase in enumerate(parsed.phrases):
                if phrase.kind != "np" or phrase.word != speaker.word or phrase.cls not in ("people", "name"):
                    continue
                for told in (at, *_apposed(parsed.phrases, at)):
                    text = self._side_of_person(back, parsed, told) or self._spokesman(back, parsed.phrases[told])
                    if text:
                        return text
        return ""

    def _spokesman(self, j: int, phrase: Phrase) -> str:
        """The side that "spokesman Ada Berg" speaks for, who is nobody's else: the side that was cited just before."""
        if phrase.owner is not None or not {"spokesman", "spokeswoman"} & {phrase.word, *phrase.mods}:
            return ""
        for back in (j, j - 1) if j else (j,):
            parsed = self.parsed(back)
            for k in range(len(parsed.phrases) - 1, -1, -1):
                if parsed.phrases[k].kind == "vg" and parsed.phrases[k].word in moods()["saying verbs"]:
                    told = [at for at in parsed.clauses.subject(k) if at in parsed.sides]
                    if told and parsed.phrases[told[0]].cls == "side":
                        return parsed.text(told[0])
        return ""

    def _fighters(self, j: int, at: int) -> str:
        """The side at phrase `at` of sentence `j`, for "a fighter" that last spoken of."""
        phrases = self.parsed(j).phrases
        of_side = at + 2 < len(phrases) and phrases[at + 1].word == "of" and at + 2 in self.parsed(j).sides
        if phrases[at].word == "command" and of_side:
            at += 2  # "the high command of the Zenna"
        text = self.parsed(j).text(at)
        if text in ("fighter", "commander", "combatant"):
            return self.actor_before(j, at)[0] or text
        return self.band(text) if phrases[at].det == "the" else "army" if text in listed("servicemen") else text

    def _side_of_person(self, j: int, parsed: Parsed, at: int) -> str:
        """The side that the words around a person name: "the rebels' spokesman", "a major of the army"."""
        phrases, tokens, known = parsed.phrases, parsed.sentence.tokens, parsed.known
        phrase = phrases[at]
        if at + 4 < len(phrases) and phrases[at + 1].word == "," and phrases[at + 2].word == "who":
            leads = phrases[at + 3].word in ("lead", "head", "command", "represent", "speak")
            if leads and phrases[at + 4].cls == "side":
                return parsed.text(at + 4)
        if (
            at + 3 < len(phrases)
            and phrases[at + 1].word == ","
            and phrases[at + 2].word == "whose"
            and not _ranked(phrase)
        ):
            return parsed.text(at + 3) if phrases[at + 3].cls == "side" else ""
        if phrase.owner is not None and (phrase.owner.cls == "side" or known.get(phrase.owner.head) in SIDES):
            return plain_words(tokens[phrase.owner.start : phrase.owner.end])
        named = phrase.owner is not None and phrase.owner.cls == "name" and phrase.owner.head not in known
        if phrase.owner is not None and named and phrase.word in ("leader", "commander", "spokesman", "spokeswoman"):
            return plain_words(tokens[phrase.owner.start : phrase.owner.end])  # "the Zenna's leader"
        posted = next((t for t in tokens[phrase.start : phrase.end] if t.lower.endswith(_POSTED)), None)
        if posted is not None:
            return f"{posted.text.partition('-')[0]} forces"
        led = self._nation(parsed, phrase)
        if led:
            return led
        if phrase.cls == "people":
            if phrase.det in ("its", "their"):
                found, ok = self.actor_before(j, at)
                if ok:
                    return "government" if found.lower() in listed("offices") else found
            for m in range(phrase.start, phrase.end):
                if tokens[m].lower in ("police", "ministry", "interior", "security"):
                    return "government"
                if known.get(m) == "state" and tokens[m].lower not in lexicon().actors:
                    return "government"  # "the Cabinet Secretary"
                if tokens[m].lower in lexicon().actors or known.get(m) in SIDES:
                    nation = m > phrase.start and tokens[m - 1].lower in demonyms()
                    return f"{tokens[m - 1].text} {tokens[m].text}" if nation else tokens[m].text
        for follow in range(at + 1, min(at + 5, len(phrases))):
            inner = phrases[follow]
            link = phrases[follow - 1].word
            if inner.kind != "np" or not (
                link in ("of", "for", "with", "from") or (link == "in" and inner.cls == "side")
            ):
                continue
            if inner.word in ("ministry", "governor", "interior", "presidency"):
                own = phrases[follow + 2] if follow + 2 < len(phrases) and phrases[follow + 1].word == "of" else inner
                force = (
                    own is not inner and own.word not in _HOME and (own.cls == "side" or known.get(own.head) == "side")
                )
                return plain_words(tokens[own.start : own.end]) if force else "government"
            leads = phrase.word in listed("voices") or phrases[follow - 2].word in listed("heads")
            unknown = inner.cls == "name" and inner.head not in known and leads
            if inner.cls == "side" or known.get(inner.head) in SIDES or inner.word in listed("offices") or unknown:
                whom = name_side(parsed.clauses, tokens, follow)
                return self.band(whom) if inner.det == "the" else whom
        served = listed("offices") | listed("servants")
        office = phrase.cls == "people" and not served.isdisjoint((phrase.word, *phrase.mods))
        return "government" if office else ""

    def _nation(self, parsed: Parsed, phrase: Phrase) -> str:
        """ "Norlandic" for "Norlandic leader Ada Berg": whom the leader of a people speaks for; "" for others."""
        tokens = parsed.sentence.tokens
        for m in range(phrase.start + 1, phrase.end):
            before = tokens[m - 1]
            if tokens[m].lower in listed("heads") - {"ministry"} and before.text[0].isupper():
                kind = parsed.known.get(m - 1, "")
                if kind in ("demonym", "nation", "side") or before.lower in demonyms():
                    two = m > 1 and parsed.known.get(m - 2) == kind and tokens[m - 2].text[0].isupper()
                    text = " ".join(t.text for t in tokens[m - 1 - two : m])
                    return text if kind == "side" else f"{text} government"
        return ""

    @property
    def partisan(self) -> bool:
        """Whether the article speaks for a side in its own words."""
        return once(self.made, "partisan", lambda: partisan(self.sentences[:NARRATED]))

    @property
    def narrator(self) -> str:
        """The side of an outlet that itself says "our forces": that which signs, or that it quotes first; else ""."""
        return once(self.made, "narrator", self._find_narrator)

    def _find_narrator(self) -> str:
        if not self.partisan:
            return ""
        heading = signed([self.parsed(i) for i in range(len(self.sentences))])
        if heading:
            return heading
        for i in range(min(len(self.sentences), NARRATED)):
            if any(phrase.kind == "vg" and phrase.word in _DOUBTED for phrase in self.parsed(i).phrases):
                continue  # "the army claims that it holds Belen": nobody says so of his own side
            said, ok = self.speaker(i, back=0)
            if ok:
                return said
        return self._group(self.salient("rebel")) if self.hostile or self.rebel_voice else ""

    @property
    def hostile(self) -> bool:
        """Whether the article uses words for the government that only its enemies use."""
        return once(self.made, "hostile", self._find_hostile)

    def _find_hostile(self) -> bool:
        return any(t.lower in listed("against_state") for s in self.sentences[:20] for t in s.tokens)

    @property
    def rebel_voice(self) -> bool:
        """Whether the article speaks as insurgents do ("our brothers", "the apostate troops")."""
        return once(self.made, "rebel_voice", self._find_rebel_voice)

    def _find_rebel_voice(self) -> bool:
        return any(t.lower in listed("rebel_voice") for s in self.sentences[:20] for t in s.tokens)
