"""Who "they" are and which town "the town" is: references within one article.

Looks back from the mention, at most `BACK` sentences, at phrases that could be meant. Sentences are taken apart only
when a look back reaches them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from claimstream.model import Sentence, Token
from claimstream.rules.assets import Named, demonyms, name_asset, name_side
from claimstream.rules.clauses import Clauses, Item, moods
from claimstream.rules.phrases import SIDES, Phrase, chunk
from claimstream.rules.words import lexicon

BACK = 8
"""How many sentences a look back goes."""

_REBEL_VOICE = frozenset("hireling hirelings puppet puppets stooge stooges apostate apostates crusader crusaders martyrdom-seeking mujahid".split())
_OFFICE = frozenset("governor minister president mayor ministry commissioner spokesman prefect administrator premier".split())
_HEADS_OF = _OFFICE | {"head", "chief", "commander", "director", "president", "leader", "bishop", "imam"}
_VOICES = frozenset("statement spokesman spokeswoman spokesperson office media agency commander commanders official officials".split())
_ANY_SITE = frozenset("building place site plant facility installation location post structure works spot".split())
_PLACE_AFTER = frozenset("in of at from to near into inside outside around on over towards toward through across".split())


class Parsed:
    """The phrases and clauses of one sentence, made on demand."""

    def __init__(self, sentence: Sentence, known: Mapping[int, str]) -> None:
        self.sentence = sentence
        self.known = dict(known)
        self.phrases: list[Phrase] = chunk(sentence.tokens, known)
        self.clauses = Clauses(self.phrases)

    @cached_property
    def sides(self) -> list[int]:
        """Indexes of phrases that name a side, without pronouns."""
        found = []
        for at, phrase in enumerate(self.phrases):
            if phrase.kind != "np":
                continue
            if phrase.cls == "side" or (phrase.cls == "name" and self.named_side(at)) or self.inner_side(at):
                found.append(at)
        return found

    def inner_side(self, at: int) -> str:
        """The side inside "the SDF's press office" or "an SDF statement", "" if none."""
        phrase = self.phrases[at]
        if phrase.cls not in ("people", "other") and phrase.word not in _VOICES:
            return ""
        tokens = self.sentence.tokens
        if phrase.owner is not None:
            ours = phrase.owner.cls == "side"
            return _plain(tokens[phrase.owner.start : phrase.owner.end]) if ours else ""
        words = [tokens[m].text for m in range(phrase.start, phrase.end) if self.known.get(m) in SIDES]
        return " ".join(words) if phrase.cls == "people" and phrase.word in _VOICES else ""

    def text(self, at: int) -> str:
        """The natural name of the side at phrase `at`."""
        return self.inner_side(at) or name_side(self.clauses, self.sentence.tokens, at)

    def named_side(self, at: int) -> bool:
        """Whether a capitalised name stands where sides stand: known as one, or doing something."""
        phrase = self.phrases[at]
        kind = self.known.get(phrase.head, "")
        if kind:
            return kind in SIDES
        if phrase.word in demonyms() or (at and self.phrases[at - 1].kind == "w" and self.phrases[at - 1].word in _PLACE_AFTER):
            return False
        follow = at + 1
        return follow < len(self.phrases) and self.phrases[follow].kind == "vg"

    @cached_property
    def places(self) -> list[Item]:
        """Names of places, and common nouns for assets."""
        found = []
        for at, phrase in enumerate(self.phrases):
            if phrase.kind != "np" or phrase.cls not in ("asset", "name"):
                continue
            linked = at > 1 and self.phrases[at - 1].kind == "w"
            if linked and self.phrases[at - 1].word == "of" and self.phrases[at - 2].word in _HEADS_OF:
                continue  # "the governor of South Kivu"
            if phrase.cls == "name":
                kind = self.known.get(phrase.head, "")
                if kind in (*SIDES, "outlet", "nation", "demonym") or phrase.word in demonyms():
                    continue
                after_place = at > 0 and self.phrases[at - 1].kind == "w" and self.phrases[at - 1].word in _PLACE_AFTER
                heads_title = self.sentence.title and at == 0 and len(self.phrases) > 1 and self.phrases[1].word == ":"
                if kind != "place" and not after_place and not heads_title:
                    continue
            elif at > 1 and self.phrases[at - 1].word == "of" and self.phrases[at - 2].cls == "asset":
                if self.phrases[at - 2].word not in lexicon().vague:
                    continue
            end = at + 1
            if phrase.cls == "asset" and end + 1 < len(self.phrases) and self.phrases[end].word == "of":
                end += 2
            found.append(Item(at, end))
        return found


def _plain(tokens: Sequence[Token]) -> str:
    return " ".join(t.text for t in tokens if t.lower not in ("the", "a", "an", "its", "their"))


class Discourse:
    """The article as far as references need it. `focus` is the asset that was last spoken of."""

    def __init__(self, sentences: Sequence[Sentence], known: Callable[[int], Mapping[int, str]]) -> None:
        self.sentences = sentences
        self.known = known
        self._parsed: dict[int, Parsed] = {}
        self.focus: list[tuple[int, Named]] = []
        self.taken: list[tuple[str, str]] = []

    def parsed(self, i: int) -> Parsed:
        """The phrases of sentence `i`."""
        if i not in self._parsed:
            self._parsed[i] = Parsed(self.sentences[i], self.known(i))
        return self._parsed[i]

    # -- sides ---------------------------------------------------------------------------------------------------

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
            return self.speaker(i)
        if phrase.word in moods()["telling nouns"] and phrase.owner is not None:
            return _plain(tokens[phrase.owner.start : phrase.owner.end]), True
        if phrase.cls != "side" and at + 2 < len(parsed.phrases) and parsed.phrases[at + 1].word == "of":
            return self.side(i, at + 2)
        if phrase.det in ("its", "their", "his", "her") and phrase.cls == "side" and phrase.word not in ("garrison", "defenders", "guards"):
            found, ok = self.actor_before(i, at)
            if phrase.det == "his":
                found, ok = self.speaker(i)
            return (found, True) if ok else (name_side(parsed.clauses, tokens, at), False)
        text = parsed.text(at)
        if len(text.split()) == 1 and phrase.det in ("the", "this", "that") and phrase.word in lexicon().anaphoric:
            found, ok = self.actor_before(i, at, named=True)
            return (found, True) if ok else (text, False)
        return text, True

    def actor_before(self, i: int, at: int, named: bool = False) -> tuple[str, bool]:
        """The side last spoken of before phrase `at` of sentence `i`."""
        own = self.parsed(i)
        phrase = own.phrases[at]
        single = phrase.cls == "pron" and phrase.word == "it" or phrase.det == "its"
        told = self._teller(own, at)
        if told >= 0 and not named:
            return self.side(i, told) if own.phrases[told].cls != "people" else (own.text(told), True)
        other = {self.stance(own, s) for s in own.sides if s > at} - {""}
        for phrase in own.phrases[at + 1 :]:
            if phrase.cls == "asset":  # "they broke through government lines"
                other |= {lexicon().actors.get(m, "") for m in phrase.mods} & {"state", "rebel"}
        for back in range(BACK):
            j = i - back
            if j < 0:
                break
            parsed = self.parsed(j)
            candidates = [s for s in parsed.sides if back or s < at]
            if back == 0:
                candidates.reverse()
            candidates.sort(key=lambda s: parsed.phrases[s].word in lexicon().enemy)
            for s in candidates:
                phrase = parsed.phrases[s]
                if named and not (phrase.names or phrase.cls == "name"):
                    continue
                if self.stance(parsed, s) in other or (named and self.stance(parsed, s) == "state"):
                    continue
                if single and phrase.plural and phrase.word not in ("forces",) and phrase.cls == "side" and not phrase.names:
                    continue
                if phrase.det in ("its", "their", "our", "his"):
                    if back == 0 and phrase.det == "his":
                        return self.speaker(j)
                    continue
                text = parsed.text(s)
                if text:
                    return text, True
        return "", False

    def _teller(self, parsed: Parsed, at: int) -> int:
        """Phrase of the side that says the clause whose subject is the pronoun at `at` ("the rebels said they"), or -1."""
        j = at - 1
        if j >= 0 and parsed.phrases[j].word == "that":
            j -= 1
            while j > at - 16 and j > 0 and parsed.phrases[j].kind != "vg" and parsed.phrases[at - 2].word in ("and", "but"):
                j -= 1
            if j > 0 and parsed.phrases[j].kind == "vg" and parsed.phrases[j].word not in moods()["saying verbs"]:
                j = next((m for m in range(j, max(-1, j - 12), -1) if parsed.phrases[m].word in moods()["saying verbs"]), j)
        if j < 0 or parsed.phrases[j].kind != "vg" or parsed.phrases[j].word not in moods()["saying verbs"]:
            return -1
        for s in parsed.clauses.subject(j)[:1]:
            phrase = parsed.phrases[s]
            country = parsed.known.get(phrase.head) == "country"
            if s < at and (s in parsed.sides or country or (phrase.cls == "asset" and any(m in lexicon().actors for m in phrase.mods))):
                return s
        return -1

    def stance(self, parsed: Parsed, s: int) -> str:
        """ "state", "rebel" or "" for the side at phrase `s`."""
        phrase = parsed.phrases[s]
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
        own = any(p.kind == "vg" and p.word in spoken for p in self.parsed(i).phrases)
        ahead = () if own else (i + 1,)
        for j in (i, *ahead, *range(i - 1, i - 1 - back, -1)) if back else (i,):
            if not 0 <= j < len(self.sentences):
                continue
            if j == i + 1 and self.sentences[j].paragraph != self.sentences[i].paragraph:
                continue
            parsed = self.parsed(j)
            for k, phrase in enumerate(parsed.phrases):
                if phrase.kind == "vg" and phrase.word in spoken:
                    text = self._speaker_side(j, parsed, k)
                    if text:
                        return self._group(text), True
        return "we", False

    def _speaker_side(self, j: int, parsed: Parsed, k: int) -> str:
        phrases = parsed.phrases
        tokens = parsed.sentence.tokens
        around = [*range(k - 1, max(-1, k - 11), -1), *range(k + 1, min(len(phrases), k + 9))]
        for at in around:
            phrase = phrases[at]
            if phrase.kind != "np" or phrase.cls not in ("people", "name", "side", "asset"):
                continue
            if phrase.cls == "side":
                if k in (at + 1, at + 2) and at in parsed.clauses.subject(k):
                    return name_side(parsed.clauses, tokens, at)
                continue
            if phrase.cls == "asset":
                continue
            if at + 3 < len(phrases) and phrases[at + 1].word == "," and phrases[at + 2].word == "who":
                leads = phrases[at + 3]
                if leads.word in ("lead", "head", "command", "represent", "speak") and at + 4 < len(phrases) and phrases[at + 4].cls == "side":
                    return name_side(parsed.clauses, tokens, at + 4)
            if phrase.owner is not None and (phrase.owner.cls == "side" or parsed.known.get(phrase.owner.head) in SIDES):
                return _plain(tokens[phrase.owner.start : phrase.owner.end])
            if phrase.det in ("its", "their") and phrase.cls == "people":
                found, ok = self.actor_before(j, at)
                if ok:
                    return found
            for m in range(phrase.start, phrase.end):
                if phrase.cls == "people" and tokens[m].lower in ("police", "ministry", "interior"):
                    return "government"
                if phrase.cls == "people" and (tokens[m].lower in lexicon().actors or parsed.known.get(m) in SIDES):
                    return tokens[m].text
            for follow in range(at + 1, min(at + 5, len(phrases))):
                inner = phrases[follow]
                linked = phrases[follow - 1].word in ("of", "for", "with", "from")
                if linked and inner.kind == "np" and (inner.cls == "side" or parsed.known.get(inner.head) in SIDES or inner.word in _OFFICE):
                    return "government" if inner.word in ("ministry", "governor", "interior", "presidency") else name_side(parsed.clauses, tokens, follow)
            if phrase.cls == "people" and (phrase.word in _OFFICE or any(m in _OFFICE for m in phrase.mods)):
                return "government"
        return ""

    def _group(self, text: str) -> str:
        """The armed group that "militants" means, where the article names only one."""
        if lexicon().actors.get(text.lower()) != "rebel":
            return text
        return self._only_group or text

    @cached_property
    def _only_group(self) -> str:
        names: dict[str, str] = {}
        for i in range(min(len(self.sentences), 30)):
            parsed = self.parsed(i)
            for at in parsed.sides:
                phrase = parsed.phrases[at]
                if phrase.names and self.stance(parsed, at) == "rebel" and parsed.known.get(phrase.names[-1]) == "side":
                    text = " ".join(parsed.sentence.tokens[n].text for n in phrase.names)
                    names.setdefault(text.lower().replace("-", " "), text)
        return next(iter(names.values())) if len(names) == 1 else ""

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
        others = [t for t in counts if not words & set(t.lower().split()) and "".join(w[0] for w in taker.split()).lower() != t.lower()]
        if stance == "rebel":
            return self.doer(i, "state", False)
        return (max(others, key=lambda t: counts[t]), True) if others else ("", False)

    @cached_property
    def rebel_voice(self) -> bool:
        """Whether the article speaks as insurgents do ("our brothers", "the apostate troops")."""
        return any(t.lower in _REBEL_VOICE for s in self.sentences[:20] for t in s.tokens)

    def doer(self, i: int, stance: str, turned: bool) -> tuple[str, bool]:
        """Who took or lost what a sentence says was taken or lost, without saying by whom.

        The side of the speaker of the same sentence where that fits, else the side of the wanted stance last named.
        """
        said, ok = self.speaker(i, back=0)
        stately = any(lexicon().actors.get(w.lower()) == "state" for w in said.split())
        if ok and not turned and (stance != "rebel" or not stately):
            return said, True
        if turned and ok:  # a speaker who says that it was not taken speaks of the other side
            stance = "rebel" if stately else "state"
        if stance == "winner":
            stance = "rebel" if self.rebel_voice else "state"
        for j in range(i, -1, -1):
            parsed = self.parsed(j)
            for s in reversed(parsed.sides):
                phrase = parsed.phrases[s]
                if phrase.word in lexicon().enemy or self.stance(parsed, s) != stance or phrase.det in ("its", "their", "his"):
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

    def salient(self, stance: str) -> str:
        """The side of that stance (state or rebel) that the article names first, "" if none."""
        for i in range(min(len(self.sentences), 12)):
            parsed = self.parsed(i)
            for at in parsed.sides:
                if self.stance(parsed, at) == stance:
                    return parsed.text(at)
        return ""

    # -- assets --------------------------------------------------------------------------------------------------

    def asset(self, i: int, named: Named, before: int) -> tuple[str, str, bool]:
        """Name, place and whether it could be resolved, of an asset mentioned in sentence `i` before token `before`."""
        if named.pron:
            found = self._left_behind(i, before) if named.head == "focus" else self._thing_before(i, before)
            return (found.text, found.place, True) if found else (named.pron, "", False)
        if named.generic and named.definite and named.head in _ANY_SITE and not named.place and " " not in named.text:
            found = self._thing_before(i, before, site="site" in named.classes and named.head != "place")
            if found is not None and found.text and found.head != named.head:
                return found.text, found.place, True
        if named.generic and named.definite and not named.place and named.head and " " not in named.text:
            if {"settlement", "area"} & named.classes:
                found_name = self._named_place(i, named, before)
                if found_name:
                    return found_name, "", True
            return named.text, "", not {"settlement"} & named.classes
        return named.text, named.place, True

    def _left_behind(self, i: int, before: int) -> Named | None:
        """What "the garrison left" leaves: a common noun earlier in the sentence, else the asset last spoken of."""
        parsed = self.parsed(i)
        for item in reversed(parsed.places):
            phrase = parsed.phrases[item.at]
            led = parsed.phrases[item.at - 1].word if item.at else ""
            if phrase.end <= before and phrase.cls == "asset" and phrase.word not in lexicon().vague and led not in ("to", "into", "towards"):
                return self._full(i, item)
        return self._last_focus(i)

    def _last_focus(self, i: int) -> Named | None:
        return self.focus[-1][1] if self.focus and i - self.focus[-1][0] <= 4 else None

    def _spoken_of(self, i: int) -> Named | None:
        """The place after "said of": what a quoted "it" is about."""
        parsed = self.parsed(i)
        for k, phrase in enumerate(parsed.phrases[:-2]):
            if phrase.kind == "vg" and phrase.word in ("say", "remark", "boast") and parsed.phrases[k + 1].word == "of":
                inner = parsed.phrases[k + 2]
                if inner.kind == "np" and inner.cls in ("name", "asset"):
                    return name_asset(parsed.clauses, parsed.sentence.tokens, Item(k + 2, k + 3))
        return None

    def _thing_before(self, i: int, before: int, site: bool = False) -> Named | None:
        """What "it" stands for; with `site`, what "the plant" or "the post" stands for: no town."""
        parsed = self.parsed(i)
        if site:
            for back in range(3):
                other = self.parsed(max(0, i - back))
                for item in reversed(other.places):
                    phrase = other.phrases[item.at]
                    known = lexicon().assets.get(phrase.word, frozenset()) & {"site", "route"}
                    if (back or phrase.end <= before) and phrase.cls == "asset" and known and phrase.word not in _ANY_SITE | lexicon().vague:
                        return self._full(i - back, item)
        if self._spoken_of(i) is not None and before < 4:
            return self._spoken_of(i)
        for item in reversed(parsed.places):
            phrase = parsed.phrases[item.at]
            within = item.at > 1 and parsed.phrases[item.at - 1].word in ("on", "in", "at", "near") and parsed.phrases[item.at - 2].cls == "asset"
            if within:
                continue
            if phrase.end <= before and phrase.word not in lexicon().vague and phrase.det not in ("its", "their"):
                if phrase.cls == "name" and parsed.phrases[item.at - 1].word == "to" and self._last_focus(i):
                    continue  # "conceded to the paper that the rebels had the whole of it"
                return self._full(i, item)
        if self._last_focus(i):
            return self._last_focus(i)
        for back in range(1, BACK):
            if i - back < 0:
                break
            other = self.parsed(i - back)
            for item in other.places:
                if other.phrases[item.at].word not in lexicon().vague:
                    return self._full(i - back, item)
        return None

    def _full(self, i: int, item: Item) -> Named | None:
        parsed = self.parsed(i)
        named = name_asset(parsed.clauses, parsed.sentence.tokens, item)
        if named is not None and named.generic and not named.pron:
            text, place, _ = self.asset(i, named, parsed.phrases[item.at].start)
            named.text, named.place = text, place
        return named

    def _named_place(self, i: int, named: Named, before: int) -> str:
        """The name that "the town" stands for: the last one said to be a town, else the last place named."""
        heads = {named.head}
        fallback = ""
        for back in range(BACK + 3):
            if i - back < 0:
                break
            parsed = self.parsed(i - back)
            names = [item for item in parsed.places if back or parsed.phrases[item.at].end <= before]
            for item in reversed(names):
                other = name_asset(parsed.clauses, parsed.sentence.tokens, item)
                if other is None or other.generic or other.pron or parsed.known.get(parsed.phrases[item.at].head) == "country":
                    continue
                said = self.kinds.get(other.text, set())
                if said & heads:
                    return other.text
        focus = self._last_focus(i)
        if focus is not None and "settlement" in named.classes and not focus.generic and not self.kinds.get(focus.text) and not focus.classes:
            fallback = focus.text
        if not fallback and named.head in ("city", "town", "capital") and not self.kinds.get(self.main_place):
            titled = any(s.title and self.main_place in s.text for s in self.sentences[:1])
            fallback = self.main_place if titled else ""
        return fallback

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """What the article says its named places are: "the town of X", "X district", "X, a town"."""
        found: dict[str, set[str]] = {}
        for i in range(len(self.sentences)):
            parsed = self.parsed(i)
            phrases = parsed.phrases
            for at, phrase in enumerate(phrases):
                if phrase.kind != "np" or phrase.cls != "asset" or not lexicon().assets[phrase.word] & {"settlement", "area"}:
                    continue
                named = name_asset(parsed.clauses, parsed.sentence.tokens, Item(at, min(at + 3, len(phrases)) if at + 2 < len(phrases) and phrases[at + 1].word == "of" else at + 1))
                if named is not None and not named.generic and named.text:
                    found.setdefault(named.text, set()).add(phrase.word)
                elif at > 1 and phrases[at - 1].word == "," and phrases[at - 2].cls == "name" and phrase.det in ("a", "an", "the"):
                    other = name_asset(parsed.clauses, parsed.sentence.tokens, Item(at - 2, at - 1))
                    if other is not None:
                        found.setdefault(other.text, set()).add(phrase.word)
        return found

    @cached_property
    def main_place(self) -> str:
        """The named place that the article speaks of most, the title counting more."""
        counts: dict[str, int] = {}
        for i in range(min(len(self.sentences), 20)):
            parsed = self.parsed(i)
            for item in parsed.places:
                named = name_asset(parsed.clauses, parsed.sentence.tokens, item)
                country = parsed.known.get(parsed.phrases[item.at].head) == "country"
                if named is not None and not named.generic and named.text and not country:
                    counts[named.text] = counts.get(named.text, 0) + (3 if self.sentences[i].title else 1)
        return max(counts, key=lambda name: counts[name]) if counts else ""
