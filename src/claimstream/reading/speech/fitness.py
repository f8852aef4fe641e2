"""Whether a noun phrase before a verb is a speaker, and the verb one of speech there."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from claimstream.model import Token
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    ATTRIBUTIVE,
    BREAKS,
    CLAUSE,
    COUNT,
    COUNT_NOUNS,
    DENIAL,
    DETERMINERS,
    NEEDS_CLAUSE,
    NO_SPEAKER,
    NOT,
    NOUN_LIKE,
    ONE_PERSON,
    POSSESSIVE_MARKS,
    PREP,
    PRONOUNS,
    QUOTES,
    REDUCED,
    SPEAKERS,
    TEXTS,
    TIME,
    UNTRUE,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_noun_of_speaker,
    is_relative,
    is_who,
    word_set,
)

HEADINGS: Final = word_set(WORDS["headings"])
HEARERS: Final = word_set("us me reporters journalists")
OWN: Final = word_set("article report story page reporter correspondent newspaper newspaper's website site")
NEVER_FIRST: Final = word_set("there no nobody neither none")
APART: Final = QUOTES | {","}
CLOSING: Final = word_set(WORDS["closing"])
MAY_SHOW: Final = word_set(WORDS["may_show"])
NUMBERS: Final = word_set(WORDS["numbers"])
ABOUT: Final = word_set(WORDS["about"])
VICTIMS: Final = word_set(WORDS["victims"])
MEASURES: Final = word_set(WORDS["measures"])


BEHIND_PARTICIPLE: Final = AFTER_PARTICIPLE | TIME | {"there", "here"}
BARE_ENDS: Final = word_set(WORDS["bare_ends"])
TENS: Final = word_set(WORDS["tens"])
_NUMERALS: Final = NUMBERS | TENS
ROUND: Final = word_set(WORDS["round"])
LIVES: Final = word_set("lives life victims")
DAMAGE: Final = word_set("damage destruction")
DENIED: Final = frozenset(DENIAL.values()) | {"question", "doubt", "counter"}
SHOWS: Final = word_set("show find list name record count")
ROLLS: Final = word_set("names list lists register roll record")
LISTING: Final = word_set("of with names the")
DID: Final = word_set("did does do")
ROUGHLY: Final = ABOUT | word_set("than least most roughly to fewer less under")
BRANDING: Final = frozenset(("brand", "label"))
FURTHER: Final = word_set("another others")
_WHEN: Final = word_set("when as if while where though although because")
_NOBODY: Final = (NO_SPEAKER | DETERMINERS) - FURTHER
"""Words that alone name no speaker."""
TAKES_IN = word_set("hospital hospitals clinic clinics ward wards unit centre center facility camp school prison")
TAKES_NUMBER: Final = word_set(
    "report reports claim claims fear fears estimate estimates count counts list lists record records"
)
ACTS: Final = word_set("declare admit")
STANDS: Final = word_set("stand stands stood")
HOLDS: Final = word_set("have hold")
ASKS: Final = word_set("call ask appeal")
CLAIMED: Final = word_set(WORDS["claimed_things"])
TO_WHOM: Final = word_set("to")
STUDIES: Final = word_set(WORDS["studies"])


def _quotation_ends(tokens: Tokens, at: int) -> bool:
    """Whether the mark at `at` closes a quotation with its comma: "“It is open,” the mayor claims"."""
    return at > 0 and tokens[at].text in QUOTES and tokens[at - 1].text in ",?!"


def fits(tokens: Tokens, left: int, head: int, n: int, lower: str) -> bool:
    """Whether tokens `left` to `head` speak in the verb at `n`, whose form is `lower`."""
    words = tokens[left:head]
    if not words or len(words) > 40 or words[0].lower in NEVER_FIRST:
        return False
    if words[0].lower in AFTER_PARTICIPLE and not _points(tokens, left, head):
        return False
    if words[0].lower == "whose" and VERBS[lower] in HOLDS:
        return False  # "the enemy, whose corps has six battalions"
    if words[0].lower in ("whatever", "whoever") or _the_outlet(words):
        return False
    if words[0].lower in ("our", "my") and not any(w.lower in SPEAKERS for w in words[1:4]):
        return False
    if len(words) == 1 and words[0].lower in _NOBODY | _WHEN:
        return False
    if len(words) == 1 and left == 0 and (lower in STANDS or words[0].lower in VICTIMS) and _bare_noun(words[0]):
        return False  # "Donations stand at 40", "Victims ascertained: 53"
    if clause_in_name(tokens, left, head) and not is_relative(tokens, left, head):
        return False
    if _denied_speech(tokens, head, n) or (VERBS[lower] in MAY_SHOW and _thing(words)):
        return False
    if n + 1 < len(tokens) and tokens[n + 1].text == ":" and len(words) == 1 and words[0].lower in HEADINGS:
        return False  # "Main points: ..."
    if words[0].text[0].isdigit() or (words[-1].text[0].isdigit() and not can_speak(tokens, left, head)):
        return False
    if VERBS[lower] == "know" and any(w.lower in ("let", "lets") for w in words):
        return False  # "let them know that"
    if VERBS[lower] == "add" and after_number(tokens, n):
        return False  # "by way of Belen, which adds 70 km"
    if VERBS[lower] == "read" and words[-1].lower not in TEXTS:
        return False
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    if tokens[n - 1].lower in ("than", "as") or words[-1].lower in NEVER_FIRST - {"there"}:
        return False  # "later than promised", "this time nobody disputes"
    if VERBS[lower] == "claim" and any(t.lower in LIVES for t in tokens[n + 1 : n + 7]):
        return False  # "the quake has claimed 4,000 lives"
    if VERBS[lower] == "dismiss" and any(t.lower in ONE_PERSON for t in tokens[n + 1 : n + 5]):
        return False  # "the president dismissed his water minister"
    pronoun = len(words) == 1 and words[0].lower in PRONOUNS and words[0].text != "WHO"
    if lower in COUNT and lower not in CLAUSE:
        if VERBS[lower] in HOLDS and len(words) == 1 and words[0].text.istitle() and not _lists(tokens, n):
            return False  # "Halim has five dead": the town
        toll = lower in STANDS and words[0].lower == "it"  # "it stood at 400": the number
        aside = toll or after is None or after.lower in ("out", "up", "down", "on", "off", "forward", "aside", "in")
        led = tokens[left - 1].lower if left > 0 else ""
        nested = pronoun and (led in VERBS or led == "that")  # "said he counted 30"
        keeps = VERBS[lower] in HOLDS and words[0].lower in DETERMINERS  # "The camps hold 900": "The" names nobody
        named = can_speak(tokens, left + keeps, head)
        counts = (pronoun and not nested) or (named and not (lower in STANDS and _tally(words)))
        return not aside and counts and _number_follows(tokens, n)
    if VERBS[lower] in ACTS and after is not None and is_numeral(after):
        own_up = VERBS[lower] == "admit" and can_speak(tokens, left, head)
        if not own_up or any(w.lower in TAKES_IN for w in words):
            return False  # "declared three days of mourning", "the hospital admitted 40 wounded"
    if lower in NOUN_LIKE and not pronoun:
        opens = after is not None and (
            (
                (after.text in ".,;:" or after.lower in PREP)
                and left > 0
                and (tokens[left - 1].text == "," or _quotation_ends(tokens, left - 1))
                and lower in CLOSING
            )
            or after.lower in DETERMINERS | {"that", "he", "she", "it", "they", ":"}
            or (after.lower == "to" and n + 2 < len(tokens) and tokens[n + 2].lower in ("have", "be"))
            or after.text[:1].isupper()
            or after.text in QUOTES
            or (lower in ("report", "reports", "estimates") and (is_numeral(after) or after.lower.endswith("ing")))
            or (VERBS[lower] == "claim" and after.lower in CLAIMED and _opens(tokens, left))
            or (lower in TAKES_NUMBER and _opens(tokens, left) and _counts(tokens, n + 1))
            or (VERBS[lower] in SHOWS and _study(words) and _counts(tokens, n + 1))
        )
        if opens and after is not None and after.text in ",.;" and _relates(words):
            return False  # "a group that compiles local reports, "
        ends = after is None or after.text in ".,;"
        opens = opens or (ends and left > 1 and tokens[left - 1].lower == "as" and tokens[left - 2].text == ",")
        opens = opens or (after is None and lower in CLOSING and left > 0 and tokens[left - 1].text == ",")
        led = VERBS.get(tokens[left - 1].lower, "") if left else ""
        if opens and (led in DENIED or (led and lower.endswith("s") and after is not None and after.lower == "to")):
            return False  # "rejected rebel claims to have taken the fort"
        sure = after is not None and after.lower == "that"
        if any(w.text.islower() and w.lower.endswith(("ing", "by")) for w in words[:1]):
            return False  # "refuting rebel claims that ..."
        if not opens or not (sure or can_speak(tokens, left, head)):
            return False
    if calls_untrue(tokens, n):
        return pronoun or can_speak(tokens, left, head)
    if VERBS[lower] in BRANDING:
        return False
    if lower in ("call", "calls", "called", "describe", "describes", "described"):
        asks = after is not None and after.lower in ("for", "on")
        if VERBS[lower] == "describe" and not pronoun and can_speak(tokens, left, head) and after is not None:
            return after.lower != "by"
        return (asks or any(t.text in QUOTES for t in tokens[n + 1 : n + 9])) and (
            pronoun or can_speak(tokens, left, head)
        )
    if lower in NEEDS_CLAUSE:
        return after is not None and (
            after.lower in ("that", ":", ",", "of")
            or any(
                t.lower == "that" and (before.lower == "out" or before.lower not in AFTER_PARTICIPLE)
                for before, t in zip(tokens[n : n + 8], tokens[n + 1 : n + 9], strict=False)
            )
            or (VERBS[lower] in SHOWS and _study(words))
            or (VERBS[lower] == "show" and after.lower in HEARERS and _counts(tokens, n + 2))
            or (VERBS[lower] == "mention" and (pronoun or can_speak(tokens, left, head)) and _counts(tokens, n + 1))
            or after.text in QUOTES
            or (VERBS[lower] == "speak" and after.lower in PREP | TO_WHOM and _speaks_of(tokens, n + 2))
            or (VERBS[lower] in ASKS and after.lower in ("for", "on"))
            or (VERBS[lower] == "want" and after.lower == "to")
            or ((after.text in ".;" or after.lower in PREP) and left > 0 and tokens[left - 1].text in APART)
        )
    begin = left + (words[0].lower in DETERMINERS)  # the capital of "The" names nobody
    if pronoun or can_speak(tokens, begin, head):
        return True
    if lower.endswith("ed") and after is not None and after.lower in AFTER_PARTICIPLE - {"that"}:
        return False  # "the pause announced for July"
    return words[0].lower in DETERMINERS or words[-1].lower.endswith("s")


def _bare_noun(word: Token) -> bool:
    """A plural that only opens the sentence with its capital, and names nobody who speaks."""
    return word.text.istitle() and word.lower.endswith("s") and word.lower not in SPEAKERS


def _points(tokens: Tokens, left: int, head: int) -> bool:
    """ "..., that town's mayor said": a clause of its own, whose "that" points at somebody."""
    opens = left > 1 and tokens[left].lower == "that" and tokens[left - 1].text == "," and head > left + 1
    return opens and (tokens[left + 2].lower in POSSESSIVE_MARKS or tokens[left + 1].lower in ONE_PERSON)


def _the_outlet(words: Tokens) -> bool:
    """ "This reporter", "an earlier version of this article": the outlet's own word."""
    own = [k for k, (a, b) in enumerate(pairwise(words)) if a.lower == "this" and b.lower in OWN]
    return bool(own) and (own[0] == 0 or any(word.lower == "version" for word in words))


def after_number(tokens: Tokens, n: int) -> bool:
    return n + 1 < len(tokens) and is_numeral(tokens[n + 1])


def calls_untrue(tokens: Tokens, n: int) -> bool:
    """ "Called it a lie", "branded the claims as propaganda"."""
    verb = VERBS[tokens[n].lower]
    if verb not in BRANDING and verb not in ("call", "describe"):
        return False
    stop = next((k for k in range(n + 1, len(tokens)) if tokens[k].text in ",;:."), len(tokens))
    return not UNTRUE.isdisjoint([token.lower for token in tokens[n + 1 : min(stop, n + 12)]])


def clause_in_name(tokens: Tokens, left: int, head: int) -> bool:
    """A tensed verb in what should be a name; "a statement issued online", "residents reached by phone" are none."""
    for k in range(left, head):
        if is_who(tokens[k]) or (k > left and tokens[k].lower == "whom"):
            return False
        if k > left and tokens[k].lower == "that" and k + 1 < head and has_verb(tokens, k + 1, k + 2):
            return False  # "the abbot of the house that was hit"
        capitals = tokens[k].text[0].isupper() and k + 1 < head and tokens[k + 1].text[0].isupper()  # "Rose Doe"
        if k > left and tokens[k].lower == "read" and tokens[k - 1].text.islower():
            return True  # "when a reporter read out a rebel claim"
        wanted = k > left and tokens[k - 1].lower == "to"  # "the first mission to set foot there"
        if has_verb(tokens, k, k + 1) and not (capitals or wanted):
            return True
        if k > left and k + 1 < head and tokens[k].lower.endswith("ed") and tokens[k].text.islower():
            following = tokens[k + 1]
            named = following.lower in BEHIND_PARTICIPLE or tokens[k].lower in ATTRIBUTIVE
            named = named or (tokens[k].lower in REDUCED and following.text[0].isupper())
            if tokens[k - 1].lower not in DETERMINERS and not tokens[k - 1].lower.endswith("ly") and not named:
                return True
    return False


def is_numeral(token: Token) -> bool:
    """A number in digits, or a word that begins one."""
    return token.text[:1].isdigit() or token.lower.partition("-")[0] in _NUMERALS


def _speaks_of(tokens: Tokens, k: int) -> bool:
    """ "Spoke on Thursday of 600", "spoke to the radio of a massacre"."""
    return "of" in {t.lower for t in tokens[k : k + 4]}


def _tally(words: Tokens) -> bool:
    """ "The Derna toll" stands at a number, and says nothing."""
    return any(word.lower in MEASURES | COUNT_NOUNS for word in words)


def _study(words: Tokens) -> bool:
    """ "Analysis of satellite images shows damage", "hospital records list": what was looked at speaks."""
    stop = next((k for k, word in enumerate(words) if k and word.lower in AFTER_PARTICIPLE | {"of"}), len(words))
    return any(word.lower in STUDIES for word in words[:stop])


def _relates(words: Tokens) -> bool:
    """ "A group that compiles local" has a verb of its own, whose object follows."""
    return any(a.lower in ("that", "which", "who") and a.text.islower() for a in words[1:-1])


def _opens(tokens: Tokens, left: int) -> bool:
    """Whether a clause begins at `left`, so that what stands there is its subject."""
    return left == 0 or tokens[left - 1].text in BREAKS or tokens[left - 1].lower in ("and", "but", "while")


def _counts(tokens: Tokens, k: int) -> bool:
    """Whether a number stands at `k`, but for "more than", "at least"."""
    while k < len(tokens) and tokens[k].lower in ROUGHLY:
        k += 1
    if k < len(tokens) and tokens[k].lower in DAMAGE:
        return any(map(is_numeral, tokens[k + 1 : k + 5]))  # "shows damage to some 1,500 houses"
    return k < len(tokens) and is_numeral(tokens[k])


def _denied_speech(tokens: Tokens, head: int, n: int) -> bool:
    """ "did not say", "would not confirm", "never explained": nothing is said."""
    head = next((k + 1 for k in range(n - 1, head, -1) if tokens[k].text == ","), head)
    if undenied(tokens, n):
        return False
    return any(t.lower in NOT or t.lower.endswith(("n't", "n’t")) for t in tokens[max(head, n - 4) : n])


def undenied(tokens: Tokens, n: int) -> bool:
    """ "Officials did not dispute the loss of the port": what is not denied is admitted."""
    did_not = n > 1 and tokens[n - 1].lower == "not" and tokens[n - 2].lower in DID
    return did_not and tokens[n].lower in ("dispute", "deny")


def _lists(tokens: Tokens, n: int) -> bool:
    return any(token.lower in ROLLS for token in tokens[n + 1 : n + 6])


_MADE: Final = frozenset("seen kept shown given drawn written held".split())
_TELLING: Final = STUDIES | TEXTS | COUNT_NOUNS | PRONOUNS


def _thing(words: Tokens) -> bool:
    """A thing of somebody's, not a speaker: "his performance", "the government's victory" in "confirms", "shows"."""
    stop = next(
        (
            k
            for k, w in enumerate(words)
            if k and (w.lower in AFTER_PARTICIPLE | _MADE or (w.lower.endswith("ed") and w.lower.isalpha()))
        ),
        len(words),
    )
    last = words[stop - 1]
    return last.text.islower() and last.lower not in _TELLING and not is_noun_of_speaker(last)


def _number_follows(tokens: Tokens, n: int) -> bool:
    begin = n + 1
    while begin < len(tokens) and tokens[begin].lower in HEARERS:
        begin += 1  # "has given us the names of 13"
    window = tokens[begin : begin + 21]
    if len(window) > 3 and window[0].lower in DETERMINERS and window[1].lower in ROLLS:
        listed = [t for t in window[2:8] if t.lower not in ROUGHLY | LISTING]
        if listed and is_numeral(listed[0]):
            return True  # "has a list of about 100 missing", "gave the names of 13"
    if VERBS[tokens[n].lower] in HOLDS:
        while window and window[0].lower in ROUGHLY | {"just", "now"}:
            window = window[1:]
        counted = any(t.lower in VICTIMS for t in window[:6])
        bare = len(window) > 1 and (window[1].text in ".,;" or window[1].lower in BARE_ENDS)
        if window and bare and (is_numeral(window[0]) or window[0].lower in ABOUT):
            return True  # "the committee, which counts only civilians, has 191"
        return bool(window) and counted and (is_numeral(window[0]) or window[0].lower in ABOUT)
    if VERBS[tokens[n].lower] in ("put", "set", "place", "peg", "stand", "stick"):
        joins = ("at",) if VERBS[tokens[n].lower] == "set" else ("at", "by", "to", "with", "between")
        links = [m for m, t in enumerate(window) if t.lower in joins]
        return any(is_numeral(t) or t.lower in ROUND for m in links for t in window[m + 1 : m + 6])
    for m, token in enumerate(window):
        if token.text in ".;" or (token.text == ":" and not any(t.lower in MEASURES for t in window[:m])):
            return False
        if is_numeral(token):
            return m < 3 or any(t.lower in MEASURES for t in window[:m])
    return False
