"""Who "they", "we" and "the group" are within one article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from claimstream.lexicon import load
from claimstream.model import Sentence
from claimstream.reading.discourse.narrators import QUOTES, partisan, signed
from claimstream.reading.discourse.parsed import Parsed, once, plain_words
from claimstream.reading.rules.assets import Named, demonyms, name_side
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.words import lexicon, listed

BACK = 8
_POSTED = ("-installed", "-appointed", "-imposed")
NARRATED = 30
"""How many sentences say whose voice an article is, and which sides it speaks of most."""


@cache
def ranks() -> frozenset[str]:
    """Ranks of officers: who bears one and belongs to nobody else speaks for the army."""
    return frozenset(load("actors")["ranks"].split())


def _national(phrase: Phrase) -> str:
    """The nation of the "officials" or "commanders" of one, in small letters; "" for others."""
    official = phrase.cls == "people" and phrase.word in listed("voices")
    return next((m for m in phrase.mods if m in demonyms()), "") if official else ""


def _hostile(phrase: Phrase) -> bool:
    """Whether words name the enemy of whoever writes them: "the occupiers", "the occupation authorities"."""
    return phrase.word in lexicon().enemy or not lexicon().enemy.isdisjoint(phrase.mods) or "occupation" in phrase.mods


def _ranked(phrase: Phrase) -> bool:
    return phrase.cls == "people" and (phrase.word in ranks() or not ranks().isdisjoint(phrase.mods))


def quoted(sentence: Sentence) -> bool:
    """Whether the sentence holds, or belongs to, words in quotation marks."""
    return any(t.text in QUOTES for t in sentence.tokens)


class Actors:
    """The sides of an article.

    `asked` is the question that is just being read as if it were told; `focus` the assets, `ways` the roads, `besieged`
    the places under siege spoken of; `taken` who last held what.
    """

    def __init__(self, sentences: Sequence[Sentence], known: Callable[[int], Mapping[int, str]]) -> None:
        self.sentences = sentences
        self.known = known
        self._parsed: dict[int, Parsed] = {}
        self.asked: dict[int, Parsed] = {}
        self.made: dict[str, Any] = {}
        self.focus: list[tuple[int, Named]] = []
        self.ways: list[tuple[int, Named]] = []
        self.besieged: list[str] = []
        self.taken: list[tuple[str, str]] = []
        self.guessing = False
        self.guessed: set[tuple[int, int, str, str]] = set()
        self.lost: set[tuple[int, int, str, str]] = set()

    def parsed(self, i: int) -> Parsed:
        """The phrases of sentence `i`."""
        if i in self.asked:
            return self.asked[i]
        if i not in self._parsed:
            self._parsed[i] = Parsed(self.sentences[i], self.known(i))
        return self._parsed[i]

    def side(self, i: int, at: int) -> tuple[str, bool]:
        """The natural name of the side at phrase `at` of sentence `i`, and whether a reference was resolved."""
        parsed = self.parsed(i)
        phrase = parsed.phrases[at]
        tokens = parsed.sentence.tokens
        if phrase.cls == "pron":
            if phrase.word in ("we", "us", "i", "our"):
                return self.speaker(i)
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
        pointing = len(text.split()) == 1 and phrase.det in ("the", "this", "that", "these", "those")
        if pointing and phrase.word in lexicon().anaphoric:
            found, ok = self.actor_before(i, at, named=True)
            return (found, True) if ok else (text, False)
        return self._group(text) if pointing and phrase.word in listed("nameless") else text, True

    def _commander(self, i: int, at: int) -> tuple[str, bool]:
        """Whose men "his men" at phrase `at` are: those of whoever tells of them, or of the speaker."""
        verb = self._telling(self.parsed(i), at)
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
        told = self._teller(own, at)
        if told >= 0 and not named and told != at:
            return self.side(i, told) if own.phrases[told].cls != "people" else (self._teller_side(own, told), True)
        ahead = max(own.ahead(at), own.said_of(at))
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
                    told = self._teller(parsed, s) if back == 0 and phrase.det == "their" else -1
                    if told >= 0:
                        return self._teller_side(
                            parsed, told
                        ), True  # "officials said that their men had left the fort, which they"
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

    def _doers(self, parsed: Parsed, at: int) -> tuple[int, ...]:
        """Who does something to the pronoun at `at`, and so is not meant by it."""
        done = parsed.phrases[at].word == "them" and at > 0 and parsed.phrases[at - 1].kind == "vg"
        return parsed.clauses.subject(at - 1) if done else ()

    def actor_after(self, i: int, at: int) -> tuple[str, bool]:
        """The first side named behind phrase `at`: "their capture of the dam gives the rebels water"."""
        parsed = self.parsed(i)
        text = next((parsed.text(s) for s in parsed.sides if s > at), "")
        return text, bool(text)

    def _teller(self, parsed: Parsed, at: int) -> int:
        """Phrase of the side that says the clause of the pronoun at `at` ("the rebels said they"), or -1."""
        claim = self._claim(parsed, at)
        if claim >= 0:
            return claim
        verb = self._telling(parsed, at)
        for s in parsed.clauses.subject(verb) if verb >= 0 else ():
            phrase = parsed.phrases[s]
            country = parsed.known.get(phrase.head) == "country"
            sided = phrase.cls == "asset" and any(m in lexicon().actors for m in phrase.mods)
            if s < at and (s in parsed.sides or country or sided or _national(phrase)):
                return s
        return -1

    def _teller_side(self, parsed: Parsed, at: int) -> str:
        """The side of those who tell: "Norlandic forces" for "Norlandic officials"."""
        nation = _national(parsed.phrases[at])
        return f"{nation.capitalize()} forces" if nation and at not in parsed.sides else parsed.text(at)

    def _claim(self, parsed: Parsed, at: int) -> int:
        """Phrase of the side in "the group's claim that it", "the announcement by the rebels that they", or -1."""
        phrases = parsed.phrases
        if at < 2 or phrases[at - 1].word != "that":
            return -1
        owner = phrases[at - 2].owner
        telling = moods()["telling nouns"]
        if phrases[at - 2].word in telling and owner is not None and owner.cls in ("side", "name"):
            return at - 2
        for s in range(at - 2, max(1, at - 8), -1):
            if phrases[s].kind == "vg":
                return -1
            if s in parsed.sides and phrases[s - 1].word in ("by", "of") and phrases[s - 2].word in telling:
                return s
        return -1

    def _telling(self, parsed: Parsed, at: int) -> int:
        """The verb that tells the clause which begins at phrase `at`, or that holds it ("in its hands"), or -1."""
        phrases, saying = parsed.phrases, moods()["saying verbs"]
        if phrases[at].cls == "side" and phrases[at].det in ("its", "their"):
            at = parsed.clauses.top(at)  # "three of their soldiers"
        j = at - 1
        inner = phrases[at].cls == "other" and phrases[at].det in ("its", "their")
        if not inner and j >= 0 and phrases[j].kind == "vg":
            return j if phrases[j].word in saying else -1
        if not inner and (j < 1 or phrases[j].word != "that"):
            return -1
        joined = inner or phrases[j - 1].word in ("and", "but") or phrases[j - 1].kind == "vg"
        for m in range(j, max(-1, j - 20), -1):
            if phrases[m].kind == "vg":
                if phrases[m].word in saying:
                    return m
                if not joined:
                    return -1
        return -1

    def stance(self, parsed: Parsed, s: int) -> str:
        """ "state", "rebel" or "" for the side at phrase `s`."""
        phrase = parsed.phrases[s]
        if phrase.owner is not None and phrase.owner.cls == "name" and phrase.cls != "side":
            phrase = phrase.owner  # "the LTTE's military spokesman"
        actors = lexicon().actors
        kind = actors.get(phrase.word, "")
        if kind == "other" or not kind:
            kinds = {actors.get(m, "") for m in phrase.mods}
            if "rebel" in kinds:
                return "rebel"
            if "state" in kinds or (kind == "other" and any(m in demonyms() for m in phrase.mods)):
                return "state"
            for m in range(phrase.start, phrase.end):
                if parsed.known.get(m) in SIDES:
                    return "state" if parsed.known[m] == "state" else "rebel"
        return kind if kind in ("state", "rebel") else ""

    def speaker(self, i: int, back: int = 2) -> tuple[str, bool]:
        """The side that "we" stands for in sentence `i`: that of the speaker named there or just before; else "we"."""
        spoken = moods()["saying verbs"] | moods()["denying verbs"] | {"call"}
        own = any(p.kind == "vg" and p.word in spoken for p in self.parsed(i).phrases) or self._goes_on(i)
        person = own and any(p.word in ("he", "she") for p in self.parsed(i).phrases)
        ahead = () if own else (i + 1,)
        for j in (i, *ahead, *range(i - 1, i - 1 - back, -1)) if back else (i,):
            if not 0 <= j < len(self.sentences):
                continue
            if j == i + 1 and self.sentences[j].paragraph != self.sentences[i].paragraph:
                continue
            parsed = self.parsed(j)
            for k, phrase in enumerate(parsed.phrases):
                if phrase.kind == "vg" and phrase.word in spoken and not self._cited(parsed, k):
                    text = self._speaker_side(j, parsed, k, person and j < i)
                    if text:
                        return self._group(text), True
        cited = self._according(i)
        if cited:
            return self._group(cited), True
        labelled = self._labelled(i)
        if labelled:
            return self._group(labelled), True
        if not back:
            return "we", False
        told = "" if quoted(self.sentences[i]) else self.narrator
        return (told, True) if told else ("we", False)

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
        for at in (*subject, *range(k - 1, max(-1, k - 11), -1), *range(k + 1, min(len(phrases), k + 9))):
            phrase = phrases[at]
            if phrase.kind != "np" or phrase.det in ("our", "my") or _hostile(phrase):
                continue
            organised = phrase.cls == "name" and phrase.word in lexicon().organised
            if phrase.cls == "side" or organised:
                if at in subject and not person:
                    return self._fighters(j, at)
            elif phrase.cls in ("people", "name") and phrase.word not in listed("private"):
                text = self._side_of_person(j, parsed, at)
                if text:
                    return text
                nation = next(
                    (t.text for t in parsed.sentence.tokens[phrase.start : phrase.end] if t.lower in demonyms()), ""
                )
                ranked = ranked or (f"{nation} army".strip() if _ranked(phrase) else "")
        self.guessing |= bool(ranked)
        return ranked

    def _fighters(self, j: int, at: int) -> str:
        """The side at phrase `at` of sentence `j`, for "a fighter" that last spoken of."""
        phrases = self.parsed(j).phrases
        of_side = at + 2 < len(phrases) and phrases[at + 1].word == "of" and at + 2 in self.parsed(j).sides
        if phrases[at].word == "command" and of_side:
            at += 2  # "the high command of the Zenna"
        text = self.parsed(j).text(at)
        if text in ("fighter", "commander", "combatant"):
            return self.actor_before(j, at)[0] or text
        return text

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
                if tokens[m].lower in ("police", "ministry", "interior"):
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
                force = own is not inner and (own.cls == "side" or known.get(own.head) == "side")
                return plain_words(tokens[own.start : own.end]) if force else "government"
            unknown = inner.cls == "name" and inner.head not in known and phrase.word in listed("voices")
            if inner.cls == "side" or known.get(inner.head) in SIDES or inner.word in listed("offices") or unknown:
                return name_side(parsed.clauses, tokens, follow)
        office = phrase.cls == "people" and (
            phrase.word in listed("offices") or any(m in listed("offices") for m in phrase.mods)
        )
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

    def _group(self, text: str) -> str:
        """The armed group that "militants" means, where the article names only one."""
        if lexicon().actors.get(text.lower()) != "rebel":
            return text
        return self._only_group or text

    @property
    def _only_group(self) -> str:
        return once(self.made, "_only_group", self._find_only_group)

    def _find_only_group(self) -> str:
        names: dict[str, str] = {}
        for i in range(min(len(self.sentences), 30)):
            parsed = self.parsed(i)
            for at in parsed.sides:
                phrase = parsed.phrases[at]
                if (
                    phrase.head in phrase.names
                    and self.stance(parsed, at) == "rebel"
                    and parsed.known.get(phrase.names[-1]) == "side"
                ):
                    text = " ".join(parsed.sentence.tokens[n].text for n in phrase.names)
                    names.setdefault(text.lower().replace("-", " "), text)
        return next(iter(names.values())) if len(names) == 1 else ""

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

    def salient(self, stance: str, taking: bool = False) -> str:
        """The side of that stance (state or rebel) that the article names first, "" if none; `taking` no garrison."""
        for i in range(min(len(self.sentences), 12)):
            parsed = self.parsed(i)
            for at in parsed.sides:
                holder = taking and parsed.phrases[at].word in listed("holders")
                if self.stance(parsed, at) == stance and not holder:
                    return parsed.text(at)
        return ""
