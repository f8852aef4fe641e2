"""Who says the words of each sentence, with pronouns and short names resolved within the article.

Cues within a sentence are read by `speech`; here quotations that run over several sentences find their speaker, and
"he", "the official" or "Danishi" become the person who was named before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claimstream.lexicon.names import find
from claimstream.model import Attribution, Sentence, Token
from claimstream.reading.speech import QUOTES, Cue, cues, introduced, is_tensed, named, pronoun, titled
from claimstream.reading.speech.labels import BULLETS
from claimstream.reading.speech.persons import several
from claimstream.reading.speech.phrases import is_predicate
from claimstream.reading.speech.words import (
    BODY,
    BODY_NOUNS,
    ONE_PERSON,
    PERSON,
    RANKS,
    SEVERAL,
    SPEAKERS,
    TEXTS,
    WORDS,
    word_set,
)

_PLURAL_NOUNS = frozenset(w for w in SPEAKERS if w.endswith("s") and not w.endswith("ss"))


NAMED_LATER = "speaker named at the end"
GIVEN = "given in full"
_LABELLED, LABEL_GOES_ON = "after: label", "label goes on"
GOES_ON = frozenset(("quotation goes on", "same count goes on", LABEL_GOES_ON, GIVEN, NAMED_LATER))
"""Rules of sentences that go on with the speech of another."""

_PERSONS = 8
"""Persons of an article that "he" may mean."""
_DASHES = "―—–-"


@dataclass(slots=True)
class _Memory:
    """The speakers of the article so far, the last of each kind, and full names by their last word."""

    persons: list[str] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)
    body: str = ""
    several: str = ""
    last: str = ""
    by_name: dict[str, str] = field(default_factory=dict)
    by_noun: dict[str, str] = field(default_factory=dict)

    def meet(self, name: str) -> None:
        """A person is named, or speaks."""
        if name in self.persons:
            self.persons.remove(name)
        self.persons = [*self.persons[-_PERSONS:], name]
        if name not in self.called and pronoun(name):
            self.called[name] = pronoun(name)

    def person(self, meant: str) -> str:
        """The last person whom "he" or "she" may mean, who is called so from then on; "" where nobody was named."""
        meant = {"his": "he", "her": "she"}.get(meant, meant)
        name = next(
            (one for one in reversed(self.persons) if self.called.get(one, meant) == meant or meant == "who"), ""
        )
        if name and meant != "who":
            self.called[name] = meant
        return name


def attribute(sentences: Sequence[Sentence]) -> tuple[tuple[Attribution, ...], ...]:
    """For each sentence who says which of its words; words that no attribution covers are the outlet's own."""
    memory = _Memory()
    made: list[tuple[Attribution, ...]] = []
    pending: list[int] = []
    quoted, previous = False, None
    given, ends = "", -1
    label: tuple[Attribution, ...] = ()
    labelled = -1
    for index, sentence in enumerate(sentences):
        begins_quoted = quoted and (previous is None or sentence.paragraph == previous.paragraph)
        if previous is not None and sentence.paragraph != previous.paragraph:
            carried = quoted and sentence.text[:1] in '"“«'
            begins_quoted = False
        else:
            carried = begins_quoted
        found = cues(sentence, begins_quoted)
        rows = _resolve(sentence, found, memory)
        if not rows and label and sentence.paragraph == labelled:
            rows = _label_goes_on(sentence, label)
        if not rows and sentence.paragraph <= ends:
            rows = (Attribution(given, given, 0, len(sentence.text), GIVEN),)
        if not rows and not sentence.title:
            _mention(sentence, memory)
        if not rows and not sentence.title:
            rows = _same_count(sentence, sentences, index, made)
        opens = begins_quoted or sentence.text[:1] in '"“«'
        quoted = _still_quoted(sentence, begins_quoted)
        if not rows and opens and not sentence.title:
            spoken = _continued(sentence, sentences, index, made, memory, carried)
            rows = spoken
            if not rows:
                pending.append(index)
        if pending and not rows and sentence.text[:1] in _DASHES:
            _signed(pending, sentence, sentences, made)
        if rows and pending:
            _backfill(pending, sentence, sentences, rows, made)
        if pending and not (rows or opens):
            _bare(pending, sentences, made)
        if rows or not opens:
            pending = []
        made.append(rows)
        if rows and rows[-1].rule == _LABELLED:
            label, labelled = rows, sentence.paragraph
        text = introduced(sentences, index) if sentence.paragraph > ends else None
        if text is not None:
            given = (rows[-1].name if rows else "") or text[0] or titled(sentences) or memory.body or memory.last
            ends = text[1] if given else -1
        previous = sentence
    _bare(pending, sentences, made)
    return tuple(made)


def _label_goes_on(sentence: Sentence, label: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The rest of what stands behind a label in a transcript: "ROE: We hold the bridge. The mill is theirs."."""
    last = label[-1]
    if sentence.text[:1] in BULLETS or any(token.text == ":" for token in sentence.tokens[1:3]):
        return ()  # "Funding: 40 per cent": a heading of its own
    return (Attribution(last.speaker, last.name, 0, len(sentence.text), LABEL_GOES_ON),)


def _bare(pending: Sequence[int], sentences: Sequence[Sentence], made: list[tuple[Attribution, ...]]) -> None:
    """ "Ann Roe, a nurse, stood in the yard. “We have 60 wounded.”": a quotation that nobody is said to say."""
    first = pending[0] if pending else 0
    if not first or sentences[first - 1].title or sentences[first - 1].paragraph < sentences[first].paragraph - 1:
        return
    before = sentences[first - 1]
    name = made[first - 1][-1].name if made[first - 1] else named(before, len(before.tokens))
    if name:
        for index in pending:
            made[index] = (Attribution(name, name, 0, len(sentences[index].text), "quotation goes on"),)


def _still_quoted(sentence: Sentence, quoted: bool) -> bool:
    """Whether a quotation is open at the sentence's end."""
    if QUOTES.isdisjoint([token.text for token in sentence.tokens]):
        return quoted
    for token in sentence.tokens:
        if token.text in ("“", "«", "``"):
            quoted = True
        elif token.text in ("”", "»"):
            quoted = False
        elif token.text in ('"', "''"):
            quoted = not quoted
    return quoted


def _continued(
    sentence: Sentence,
    sentences: Sequence[Sentence],
    index: int,
    made: Sequence[tuple[Attribution, ...]],
    memory: _Memory,
    carried: bool,
) -> tuple[Attribution, ...]:
    """A quotation without a cue: the speaker of the sentence before, where that quoted too and nothing came between."""
    if not index or sentences[index - 1].title:
        return ()
    if not made[index - 1] and _asked(sentences[index - 1], sentence):  # "And the bridge? “It is open.”"
        latest = next((rows[-1].name for rows in reversed(made) if rows), "")  # who spoke before
        return (Attribution(latest, latest, 0, len(sentence.text), "quotation goes on"),) if latest else ()
    if not made[index - 1]:
        return ()
    if sentences[index - 1].paragraph != sentence.paragraph and not carried:
        return ()
    last = made[index - 1][-1]
    return (Attribution(last.speaker, last.name, 0, len(sentence.text), "quotation goes on"),)


def _asked(before: Sentence, sentence: Sentence) -> bool:
    """Whether the sentence before is a short question of the outlet's that a quotation answers."""
    short = len(before.tokens) < _QUESTION and before.text.endswith("?") and before.text[0] not in '"“«'
    return short and before.paragraph == sentence.paragraph


_QUESTION = 10
"""How many tokens a question has that goes on with what was asked before: "And the road to the coast?"."""
_ENDS = frozenset((",", "who", "whose", "whom", "that", "which"))
"""Words with which the first noun of a sentence ends."""
_FURTHER = frozenset(("another", "others"))
_MORE = word_set(WORDS["more_of_it"])


def _same_count(
    sentence: Sentence, sentences: Sequence[Sentence], index: int, made: Sequence[tuple[Attribution, ...]]
) -> tuple[Attribution, ...]:
    """ "Thirty-seven were wounded." after "MSF says 19 people died.": a count that goes on has the same speaker."""
    if not index or sentences[index - 1].paragraph != sentence.paragraph or not made[index - 1]:
        return ()
    tokens = sentence.tokens
    earlier = _of_earlier(tokens)  # "It was 2,683 in March": another value of the same number
    number = tokens[0].lower.partition("-")[0] in _MORE or tokens[0].text[0].isdigit()
    counts = len(tokens) > 2 and (
        (number and any(t.text == ":" for t in sentences[index - 1].tokens)) or tokens[0].lower in _FURTHER
    )
    last = made[index - 1][-1]
    tagged = last.rule.startswith("around") and last.start < 3  # "..., the medics said."
    whole = tagged or last.end >= len(sentences[index - 1].text) - 2
    goes_on = counts or earlier or (tagged and _goes_on(tokens))
    if not goes_on or not (whole or earlier) or tokens[1].text in ",.:":
        return ()
    return (Attribution(last.speaker, last.name, 0, len(sentence.text), "same count goes on"),)


def _of_earlier(tokens: tuple[Token, ...]) -> bool:
    """ "It was 2,683 in early March", "On Monday the figure had stood at 40"."""
    at = next((k for k, token in enumerate(tokens[:7]) if token.lower in _WAS), 0)
    opens = tokens[at - 1].lower if at else ""
    meant = opens == "it" or (at > 1 and opens in _THE_NUMBER and tokens[at - 2].lower in ("the", "that"))
    rest = [t for t in tokens[at + 1 : at + 6] if t.lower not in _THEN]
    return meant and bool(rest) and (rest[0].text[0].isdigit() or rest[0].lower.partition("-")[0] in _MORE - _VAGUE)


_WAS = frozenset(("was", "stood", "had"))
_THE_NUMBER = frozenset(("figure", "number", "toll", "total", "count"))
_THEN = frozenset(("been", "stood", "at", "still", "only", "just", "about", "some", "around", "nearly"))


def _goes_on(tokens: tuple[Token, ...]) -> bool:
    """ "A further 12 were hurt", "Nine died on the table", "Six of her men fell": no noun of its own for the number."""
    if tokens[0].lower in ("a", "an") and tokens[1].lower in ("further", "additional", "dozen"):
        return True
    number = tokens[0].lower.partition("-")[0] in _MORE - _VAGUE or tokens[0].text[0].isdigit()
    if not number or len(tokens) < 4:
        return False
    at = 2 if tokens[1].lower in ("hundred", "thousand", "million", "or") else 1
    return tokens[at].lower == "of" or is_tensed(tokens, at)


_VAGUE = word_set(WORDS["vague"])


def _backfill(
    pending: list[int],
    sentence: Sentence,
    sentences: Sequence[Sentence],
    rows: tuple[Attribution, ...],
    made: list[tuple[Attribution, ...]],
) -> None:
    """Sentences of a quotation whose speaker is named only at its end."""
    first = rows[0]
    if sentence.text[:1] in '"“«' and first.start > 2:
        return
    for index in pending:
        if sentences[index].paragraph == sentence.paragraph:
            text = sentences[index].text
            made[index] = (Attribution(first.speaker, first.name, 0, len(text), NAMED_LATER),)


def _signed(
    pending: list[int], sentence: Sentence, sentences: Sequence[Sentence], made: list[tuple[Attribution, ...]]
) -> None:
    """A quotation with its speaker's name below it after a dash."""
    words = sentence.tokens[1:]
    name = sentence.text[1:].strip(" .")
    if not words or len(words) > 12 or not all(word.text[:1].isupper() for word in words[:2]):
        return
    for index in pending:
        if index < len(made):
            made[index] = (Attribution(name, name, 0, len(sentences[index].text), "signed"),)


def _resolve(sentence: Sentence, found: Sequence[Cue], memory: _Memory) -> tuple[Attribution, ...]:
    rows: list[Attribution] = []
    for cue in found:
        if cue.left >= cue.head:
            continue  # words of saying all through, and nobody who says them
        tokens = sentence.tokens
        speaker = sentence.text[tokens[cue.left].start : tokens[cue.right - 1].end]
        head = sentence.text[tokens[cue.left].start : tokens[cue.head - 1].end]
        if cue.right > cue.head and len(speaker) > len(head) + 90:
            speaker = head
        called = _called(sentence, cue)
        name = f"{called}, {head}" if called else _name(sentence, cue, speaker, head, memory, rows)
        if called:
            memory.last = memory.by_name[called.split()[-1]] = name
            memory.meet(name)
        for start, end in cue.spans:
            rule = f"denied: {cue.verb}" if cue.denial else f"{cue.rule}: {cue.verb}"
            rows.append(Attribution(speaker, name, start, end, rule))
    return tuple(rows)


def _called(sentence: Sentence, cue: Cue) -> str:
    """ "One resident, who gave his name only as Musa, said" -> "Musa"."""
    tokens = sentence.tokens[cue.head : cue.head + 14]
    at = next((n for n, t in enumerate(tokens) if t.lower == "as" and n >= 2), 0)
    if not at or not any(t.lower in _NAMING for t in tokens[max(0, at - 3) : at]):
        return ""
    stop = next((n for n in range(at + 1, len(tokens)) if not tokens[n].text[:1].isupper()), len(tokens))
    return sentence.text[tokens[at + 1].start : tokens[stop - 1].end] if stop > at + 1 else ""


_SUBJECT_FORM = {"him": "he", "her": "she", "them": "they"}
"""Of pronouns behind "according to"."""
_NO_NAME = word_set(WORDS["no_names"])
_NAMING = frozenset(("name", "names", "himself", "herself", "identified"))


def _same_body(rows: Sequence[Attribution], memory: _Memory) -> str:
    """ "Help the Poor put the number at 260, although it admitted": the body that speaks before in the sentence."""
    name = rows[-1].name if rows else ""
    words = {word.strip(".,") for word in name.lower().split()}
    return "" if name in memory.called or words & (ONE_PERSON | RANKS | PERSON | SEVERAL) else name


def _name(sentence: Sentence, cue: Cue, speaker: str, head: str, memory: _Memory, rows: Sequence[Attribution]) -> str:
    words = sentence.tokens[cue.left : cue.head]
    lower = [_SUBJECT_FORM.get(t.lower, t.lower) if cue.verb == "according" else t.lower for t in words]
    own = cue.verb == "count" and lower[0] in ("his", "her")  # "by his reckoning"
    if len(words) == 1 and cue.verb == "count" and lower[0] in ("its", "their"):
        return _owner(lower[0], memory) or speaker  # "Their list had 61 names"
    if len(words) == 1 and (lower[0] in PERSON or own) and words[0].text != "WHO":
        subject = _colon_subject(sentence, cue)
        here = "" if subject else named(sentence, cue.left)
        if here:
            memory.meet(here)
        return subject or memory.person(lower[0]) or _lone(memory.last) or speaker
    if len(words) == 1 and lower[0] in BODY:
        subject = _colon_subject(sentence, cue) or _body_subject(sentence, cue, memory)
        return subject or _same_body(rows, memory) or memory.body or memory.last or speaker
    if len(words) == 1 and lower[0] in SEVERAL:
        return (memory.several or memory.body or memory.last or speaker) if lower[0] == "they" else speaker
    name = _known(sentence, cue, words, lower, speaker, memory)
    if cue.rule == "inner":
        return name  # who is named within a phrase is not the one whom "he" goes on with
    if _is_side(sentence, cue) and ONE_PERSON.isdisjoint(lower):
        memory.body = memory.last = name  # "the Liberation Tigers of Halim said": no person, whatever the capitals
        memory.by_name[words[-1].text] = name
        return name
    described = not ONE_PERSON.isdisjoint([token.lower for token in sentence.tokens[cue.head : cue.right]])
    _remember(words, lower, name, memory, described)
    behind = _named_behind(sentence.tokens[cue.head : cue.right])
    if behind and (not ONE_PERSON.isdisjoint(lower) or BODY_NOUNS.isdisjoint(lower)):
        memory.by_name[behind] = name
        memory.meet(name)
    _acronym(speaker, name, memory)
    return name


def _is_side(sentence: Sentence, cue: Cue) -> bool:
    """Whether the speaker is a group of the war by its name of several words."""
    named = [token for token in sentence.tokens[cue.left : cue.head] if token.text[:1].isupper()]
    return len(named) > 1 and any(
        name.kind == "side" and cue.left <= name.start <= cue.left + 1 and name.end - name.start > 1
        for name in find(sentence)
        if name.end <= cue.head
    )


def _lone(name: str) -> str:
    """A name of one word, which only "he" shows to be that of a person: "Roe said ... he added"."""
    return name if name.istitle() and name.isalpha() else ""


def _body_subject(sentence: Sentence, cue: Cue, memory: _Memory) -> str:
    """ "The army displays what it says was handed over": the body that the sentence is about."""
    if not cue.left or (memory.body and cue.rule == "around"):
        return ""
    return _body(sentence, sentence.tokens[: cue.left])


def _body(sentence: Sentence, tokens: tuple[Token, ...]) -> str:
    """ "The health ministry" in "The health ministry issued ...", the body that the tokens begin with; else ""."""
    owned = len(tokens) > 2 and tokens[0].text[:1].isupper() and tokens[1].lower in ("'s", "'")
    noun = next((k for k, token in enumerate(tokens[: 5 if owned else 4]) if token.lower in BODY_NOUNS), 0)
    following = tokens[noun + 1].lower if noun and noun + 1 < len(tokens) else "of"
    state = following == "of" and tokens[noun].lower in ("ministry", "office", "department", "government")
    if not (tokens[0].lower in _DET or owned) or (following in _PREPOSITIONS and following != "," and not state):
        return ""
    return sentence.text[tokens[0].start : tokens[noun].end]


def _colon_subject(sentence: Sentence, cue: Cue) -> str:
    """ "A security official would have none of it: not one man had fled, he said" -> the subject before the colon."""
    tokens = sentence.tokens
    colon = next((k for k in range(cue.left) if tokens[k].text == ":"), 0)
    if not colon:
        return ""
    stop = next((k for k in range(1, colon) if tokens[k].text in _ENDS or is_predicate(tokens, k, 0)), 0)
    capital = (t for k, t in enumerate(tokens[:stop]) if t.text[:1].isupper() and t.lower not in _DET | _NO_NAME)
    named = any(t.lower in SPEAKERS for t in tokens[:stop]) or any(capital)
    if not stop or not named or tokens[0].lower in PERSON | BODY | SEVERAL:
        return ""
    return sentence.text[: tokens[stop - 1].end]


def _known(
    sentence: Sentence, cue: Cue, words: tuple[Token, ...], lower: list[str], speaker: str, memory: _Memory
) -> str:
    """The fuller name that a short one stands for."""
    capitals = [t.text for t in words if t.text[:1].isupper() and t.lower not in _DET]
    if lower[0] in ("its", "their", "his", "her") and len(words) > 1:
        owner = _subject(sentence, cue) or _owner(lower[0], memory)
        return f"{speaker}, of {owner}" if owner and owner not in speaker and len(owner) < 80 else speaker
    if len(capitals) == 1 and len(words) <= 3 and capitals[0] in memory.by_name:
        return memory.by_name[capitals[0]]
    if lower[0] in ("a", "the") and len(words) == 2 and not capitals:
        if lower[1] in TEXTS:
            return memory.body or memory.last or speaker
        return memory.by_noun.get(lower[1], speaker) if lower[0] == "the" else speaker
    return speaker


def _subject(sentence: Sentence, cue: Cue) -> str:
    """The side or country that begins the sentence: "The militia took the port, its spokesman said"."""
    found = next((name for name in find(sentence) if name.kind in ("side", "country") and name.start <= 1), None)
    if found is None or found.end > cue.left:
        return ""
    words = sentence.text[sentence.tokens[found.start].start : sentence.tokens[found.end - 1].end]
    return "" if words.endswith(("'s", "’s")) or sentence.tokens[found.end].lower in ("'s", "’s") else words


def _owner(owner: str, memory: _Memory) -> str:
    if owner in ("his", "her"):
        return memory.person(owner)
    return memory.several or memory.body if owner == "their" else memory.body or memory.several


def _acronym(speaker: str, name: str, memory: _Memory) -> None:
    """ "Syrian Observatory for Human Rights (SOHR)": the short name means the long one from here on."""
    short = speaker.rpartition("(")[2]
    if speaker.endswith(")") and short != speaker and len(short) > 2:
        memory.by_name[short[:-1]] = name


def _remember(words: tuple[Token, ...], lower: list[str], name: str, memory: _Memory, described: bool) -> None:
    """Keeps the speaker for "he", "it", "they" and short names; `described` as one person: ", a port official"."""
    stop = next((n for n, w in enumerate(lower) if n and w in _PREPOSITIONS), len(words))
    capitals = [n for n in range(stop) if words[n].text[:1].isupper() and lower[n] not in _DET]
    letters = any(words[n].text.isupper() and len(words[n].text) > 1 and "." not in words[n].text for n in capitals)
    organised = any(w in BODY_NOUNS for w in lower[:stop]) or letters
    named = words[stop - 1].text[:1].isupper()
    ranked = any(w.rstrip(".") in RANKS for w in lower[: stop - 1])
    single = lower[stop - 1] in ONE_PERSON or (named and (ranked or any(w in ONE_PERSON for w in lower[:stop])))
    plural = any(w in _PLURAL_NOUNS for w in lower[:stop]) or "and" in lower[:stop]
    personal = single or (len(capitals) >= 2 and not organised)
    if personal and capitals and not organised and named:
        memory.by_name[words[capitals[-1]].text] = name
    for w in {lower[stop - 1], *(w for w in lower[:stop] if w in ONE_PERSON)}:
        if w in SPEAKERS and w not in ("who", "one", "all", "both", "another"):
            memory.by_noun[w] = name
    memory.last = name
    if plural and not single:
        memory.several = name
    elif (
        personal or (described and capitals and not organised) or (len(words) == 1 and words[0].text in memory.by_name)
    ):
        memory.meet(name)
    else:
        memory.body = name


def _named_behind(tokens: tuple[Token, ...]) -> str:
    """The last name in ", General Ann Roe," behind an office; "" where the words hold more or less than a name."""
    name = [token for token in tokens if token.text != ","]
    return name[-1].text if len(name) >= 2 and all(t.text[:1].isupper() for t in name) else ""


def _mention(sentence: Sentence, memory: _Memory) -> None:
    """A person who is named ("Ann Roe, a councillor", "Colonel Roe stood"), whom "she" may mean in the next one."""
    memory.body = _body(sentence, sentence.tokens) or memory.body
    memory.several = several(sentence) or memory.several
    seen = named(sentence, len(sentence.tokens))
    if seen:
        memory.meet(memory.by_name.setdefault(seen.split()[-1], seen) if seen[:1].isupper() else seen)
    if not any(opening in sentence.text for opening in (", a", ", the ", ", his ", ", her ", ", its ", ", too")):
        return
    tokens = sentence.tokens
    run = 0
    for n, token in enumerate(tokens):
        if token.text[:1].isupper() and token.text.isalpha() and token.lower not in _DET | _PREPOSITIONS:
            run += 1
            continue
        placed = n > run and tokens[n - run - 1].lower in _PREPOSITIONS  # "At Port Halim, a monk, Brother John, ..."
        if token.text == "," and run >= 2 and n + 2 < len(tokens) and not placed:
            m = n + 3 if tokens[n + 1].lower in ("too", "meanwhile") else n + 1
            described = tokens[m : m + 7]
            if described and described[0].lower in _DET and any(t.lower in ONE_PERSON for t in described):
                name = sentence.text[tokens[n - run].start : tokens[n - 1].end]
                memory.by_name[tokens[n - 1].text] = name
                memory.meet(name)
        run = 0


_DET = word_set(WORDS["before_names"])
_PREPOSITIONS = word_set(WORDS["behind_nouns"])


def shown(attribution: Attribution) -> str:
    """The speaker for people to read: the article's words, and who is meant where they do not say: "he (John Doe)"."""
    speaker, name = attribution.speaker, attribution.name
    said, meant = (set(words.lower().replace(",", "").split()) for words in (speaker, name))
    if said <= meant or not name:
        return name or speaker
    return f"{speaker} ({name})"
