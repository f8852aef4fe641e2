"""What a clause hangs on: the noun of a relative or reduced clause, the head of a chain, what an insertion parts.

Every walk goes one way and stops at a boundary, or after a fixed number of phrases.
"""

from __future__ import annotations

from functools import cache

from claimstream.lexicon import load
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import clause_words, lexicon, listed

REACH = 24
"""How many phrases a walk goes at most."""
_ADDING = frozenset("including as with among along besides plus".split())
"""Words that begin what is told with something, and no aside about it."""
_BESIDE = frozenset("near outside around beyond towards toward with like".split())
"""Words between a thing and a place that it is no part of."""
_EXCEPT = frozenset("except excepting excluding barring bar".split())
_PARTICLES = frozenset("up out off down over".split())
_HEADING = frozenset("to towards toward".split())
_TIED = clause_words("tied")
_NAMING = frozenset("call name christen dub nickname".split())
"""Verbs whose participle behind a noun tells its name: "a fort called Belen", "the school named after a general"."""


@cache
def moods() -> dict[str, frozenset[str]]:
    """The word lists of lexicon/moods.toml, by "table key"."""
    return {
        f"{table} {key}": frozenset(words.split())
        for table, lists in load("moods").items()
        for key, words in lists.items()
    }


def is_word(phrase: Phrase, cls: str) -> bool:
    return phrase.kind == "w" and phrase.cls in cls


class Attachment:
    """The phrases of one sentence, and which of them belong to which."""

    def __init__(self, phrases: list[Phrase]) -> None:
        self.phrases = phrases
        self.count = len(phrases)
        self.moods = moods()

    def before(self, k: int) -> int:
        """Index of the nearest phrase left of `k` that is no adverb, or -1."""
        j = k - 1
        while j >= 0 and is_word(self.phrases[j], "R"):
            j -= 1
        return j

    def verb_before(self, k: int) -> int:
        """Index of the nearest verb group left of `k` within reach and within the clause chain, or -1."""
        for j in range(k - 1, max(-1, k - REACH), -1):
            if self.phrases[j].kind == "vg":
                return j
            if is_word(self.phrases[j], ";.:"):
                return -1
        return -1

    def top(self, j: int) -> int:
        """The head of a chain "A of B in C" that ends at noun phrase `j`."""
        for _ in range(4):
            m = j - 1
            linked = False
            if self.phrases[j].word in ("it", "them") and m > 0 and self.phrases[m].word in ("around", "about"):
                return self.top(m - 1) if self.phrases[m - 1].kind == "np" else j
            if m > 2 and is_word(self.phrases[m], "K") and self.phrases[m - 2].word == "between":
                m -= 2  # "the road between A and B"
            if m > 3 and is_word(self.phrases[m], "K") and self.phrases[m - 2].word in _HEADING and self._way(m - 3):
                m -= 2  # "the road towards A and B"
            while m > j - 4 and m > 0 and (is_word(self.phrases[m], "ITR") or self._to_and_from(m)):
                told = self.phrases[m].word == "about" and self.phrases[m - 1].word in self.moods["telling nouns"]
                linked = linked or not is_word(self.phrases[m], "R") or told  # "reports about the siege"
                m -= 1
            if any(self.phrases[x].word in ("as", "than", "like") for x in range(m + 1, j)):
                break
            if not linked or self.phrases[m].kind != "np" or self.phrases[m].cls == "time":
                break
            j = m
        return j

    def _way(self, k: int) -> bool:
        """Whether the phrase is a road or a railway line, of which a list tells the ends."""
        return self.phrases[k].kind == "np" and "route" in lexicon().assets.get(self.phrases[k].word, ())

    def _to_and_from(self, m: int) -> bool:
        """Whether the "and" at `m` joins two prepositions: "flights to and from Belen"."""
        beside = (self.phrases[m - 1], self.phrases[m + 1])
        return is_word(self.phrases[m], "K") and all(is_word(phrase, "IT") for phrase in beside)

    def _past_reduced(self, k: int, j: int) -> int:
        """The noun in "rebels said to be backed by Norland took", past the clause that ends at `j`; or -1.

        `k` is the verb behind it all. The clause begins with a participle, or hangs an infinitive on one.
        """
        if not self.phrases[k].aux and k + 1 < self.count and self.phrases[k + 1].word == "by":
            return -1
        v = j
        while v > 0 and v > j - 8 and self.phrases[v].kind != "vg":
            if is_word(self.phrases[v], ",;.:WS-"):
                return -1
            v -= 1
        hung = False
        while self.phrases[v].kind == "vg" and self.phrases[v].form == "inf" and self.before(v) > 0:
            v, hung = self.before(v), True
        verb, h = self.phrases[v], self.before(v)
        if verb.kind != "vg" or h < 0:
            return -1
        if is_word(self.phrases[h], "W"):
            found = self._antecedent(h) if hung else ()
            return found[0] if found else -1
        known = lexicon().verbs.get(verb.mods[0])
        participle = not verb.aux and known is not None and "n" in known.forms
        follow = self.phrases[v + 1]
        things = all(p.kind == "w" or p.cls == "other" for p in self.phrases[v + 1 : j + 1])
        armed = things and any(is_word(p, "K") for p in self.phrases[v + 1 : j])  # "armed with mortars and guns"
        loose = hung or (is_word(follow, "I") and armed) or verb.word in _NAMING
        if self.phrases[h].kind != "np" or self.phrases[h].cls == "time" or not participle or not loose:
            return -1
        return h if follow.kind != "np" or verb.word in _NAMING else -1

    def _opening(self, j: int) -> int:
        """The mark that opens the insertion closed by the comma or dash at `j`, or -1."""
        mark = self.phrases[j].cls
        nearest = self._opening_relative(j)
        if nearest >= 0:
            return nearest
        for m in range(j - 1, max(-1, j - 20), -1):
            phrase = self.phrases[m]
            if is_word(phrase, mark):
                led = self.before(m)
                if led > 0 and is_word(self.phrases[led], "I") and self.phrases[led - 1].kind == "np":
                    led -= 1  # "the last road out, which"
                opens = led >= 0 and (self.phrases[led].kind == "np" or is_word(self.phrases[led], "W"))
                follow = self.phrases[m + 1]
                if follow.kind == "np" and nearest < 0 and opens:
                    nearest = m  # an insertion of one noun phrase, or the last comma of a longer one
                elif follow.kind == "np" and opens:
                    continue
                elif nearest >= 0 and follow.word not in ("with", "including", "among"):
                    return nearest
                else:
                    return m if opens else nearest
            elif is_word(phrase, ";.:") or (phrase.kind == "vg" and nearest >= 0):
                return nearest
        return nearest

    def nearest(self, m: int) -> int:
        """What is spoken of behind a comma, for the name at `m`: "a house in Belen, which", "the fort in Belen, which".

        A thing that the sentence has spoken of before, or that the name is part of, rather than the place it lies in.
        """
        top = self.top(m)
        if top == m or self.phrases[m].cls != "name":
            return top
        head, link = self.phrases[top], self.phrases[m - 1].word
        if head.cls in ("people", "side") and link == "from":
            return top
        if link in _BESIDE:
            return m
        if head.cls in ("asset", "share") and (link == "of" or head.det not in ("a", "an", "one")):
            return top
        return m

    def aside(self, j: int, step: int = 1) -> int:
        """The other comma of the aside that the comma at `j` opens: "the port, to the east, and the mill"; or -1.

        With `step` -1 the comma at `j` closes it.
        """
        for m in range(j + step, max(-1, min(self.count, j + 9 * step)), step):
            phrase = self.phrases[m]
            if is_word(phrase, ","):
                first = self.phrases[min(j, m) + 1]
                placed = is_word(first, "IT") and first.word not in _ADDING
                return m if placed or first.word in listed("distances") else -1
            if phrase.kind == "vg" or is_word(phrase, ";.:WSK"):
                return -1
        return -1

    def _past_distance(self, j: int) -> int:
        """What "Belen, 20 km from the border, which" is about, for the phrase "the border": Belen."""
        top = self.top(j) if j > 0 and self.phrases[j].kind == "np" else 0
        far = top > 1 and self.phrases[top].word in listed("distances") and is_word(self.phrases[top - 1], ",")
        return top - 2 if far and self.phrases[top - 2].kind == "np" else j

    def _opening_relative(self, j: int) -> int:
        """The comma before "from which they shelled homes, schools and the clinic," where that ends at `j`; or -1."""
        listed = False
        for m in range(j - 1, max(0, j - 16), -1):
            phrase = self.phrases[m]
            if is_word(phrase, "K"):
                listed = True
            elif is_word(phrase, ",") and not listed:
                return -1
            elif is_word(phrase, "W"):
                led = m - 1 if is_word(self.phrases[m - 1], ",") else m - 2
                verb = any(p.kind == "vg" for p in self.phrases[m:j])
                commas = sum(is_word(p, ",") for p in self.phrases[m:j])
                opens = led > 0 and is_word(self.phrases[led], ",") and self.phrases[led - 1].kind == "np"
                return led if opens and verb and commas else -1
            elif is_word(phrase, ";.:"):
                return -1
        return -1

    def _of_relative(self, edge: int) -> tuple[int, ...]:
        """ "Rebels who took A and B have left": whom the clause is about whose list of objects begins after `edge`."""
        verb = edge if self.phrases[edge].kind == "vg" else edge - 1
        if verb < 1 or self.phrases[verb].kind != "vg" or not is_word(self.phrases[self.before(verb)], "W"):
            return ()
        return self._antecedent_of_clause(verb)

    def _antecedent(self, j: int) -> tuple[int, ...]:
        """What the relative pronoun at `j` stands for."""
        word = self.phrases[j].word
        m = j - 1
        if m >= 0 and is_word(self.phrases[m], ",-"):
            m = self._past_clause_of(m - 1)
        elif m > 0 and is_word(self.phrases[m], "IT"):
            m -= 1  # "the port from which the capital is supplied"
        if m < 0 or self.phrases[m].kind != "np":
            return ()
        top = self.top(m)
        if any(phrase.word in _EXCEPT for phrase in self.phrases[top:m]):
            return (m,)  # "the whole town except the fort, which"
        left = self.before(top)
        apart = left > 0 and is_word(self.phrases[left], ",-") and self.phrases[left - 1].kind == "np"
        if apart and self.phrases[top].word in listed("distances"):
            m = left - 1
            top = self.top(m)
        elif (
            apart and not self._dateline(left) and self.phrases[top].word in listed("apposed") and self._describes(top)
        ):
            return (left - 1,)
        if word == "who":
            placed = self.phrases[m - 1].word in ("from", "in", "at", "near") and self.phrases[m].cls == "name"
            for at in (top, m) if placed else (m, top):  # "people from Belen who"
                if self.phrases[at].cls in ("side", "people", "name"):
                    return (at,)
            return (m,)
        if self.phrases[m].cls == "time" or self.phrases[m].det == "any":
            return (top,)  # "towns of any size that"
        if self.phrases[top + 1].word == "of" and self.phrases[m - 1].word != "of" and self._counts(top):
            return (m,)  # "half of them in Belen, which"
        inner = self.phrases[m].cls
        if is_word(self.phrases[j - 1], ",") and self.nearest(m) == m:
            return (m,)
        if self.phrases[top].cls in ("asset", "side", "share") and inner in ("name", "asset", "side", "people"):
            return (top,)
        return (m,)

    def _dateline(self, mark: int) -> bool:
        """Whether a time, or the first name of the sentence and a dash, end at the mark: "BELEN — A base that"."""
        return self.phrases[mark - 1].cls == "time" or (mark == 1 and is_word(self.phrases[mark], "-"))

    def _describes(self, at: int) -> bool:
        """Whether the phrase has what a description of a place begins with: "the town", "Norland's largest port"."""
        return self.phrases[at].det in ("the", "a", "an") or self.phrases[at].owner is not None

    def _past_clause_of(self, m: int) -> int:
        """ "The first town to have gone over to the rebels last year, which": the town, for the phrase at `m`."""
        end = m
        while m > 0 and (is_word(self.phrases[m], "R") or self.phrases[m].cls == "time"):
            m -= 1 + is_word(self.phrases[m - 1], "I")
        edge = self.before(self.top(m)) if m > 0 and self.phrases[m].kind == "np" else -1
        while edge > 0 and is_word(self.phrases[edge], "ITR"):
            edge -= 1
        told = edge > 0 and self.phrases[edge].kind == "vg" and self.phrases[edge].form == "inf"
        place = self.phrases[edge - 1] if told else self.phrases[end]
        return edge - 1 if told and place.cls == "asset" else end

    def _counts(self, at: int) -> bool:
        """Whether the phrase is a share of people: "half of them"."""
        inner = self.phrases[at + 2] if at + 2 < self.count else self.phrases[at]
        share = self.phrases[at].cls == "share" or self.phrases[at].word in lexicon().shares
        return share and inner.cls in ("pron", "side", "people")

    def _antecedent_of_clause(self, v: int) -> tuple[int, ...]:
        """The noun before a relative or reduced clause with verb `v` ("rebels who fought", "men backed by X")."""
        j = self.before(v)
        while j > 0 and self.phrases[v].form == "inf" and self.phrases[j].kind == "vg":
            v, j = j, self.before(j)  # "rebels seeking to take the capital fought"
        if j < 0:
            return ()
        if is_word(self.phrases[j], "W"):
            return self._antecedent(j)
        if self.phrases[j].kind == "np" and (self.phrases[v].form in ("part", "ger") or self._looks_reduced(v)):
            return (self.top(j),)
        if (
            self.phrases[j].kind == "np"
            and self.before(self.top(j)) >= 0
            and is_word(self.phrases[self.before(self.top(j))], "W")
        ):
            return self._antecedent(self.before(self.top(j)))
        if self.phrases[j].kind == "np":
            top = self.top(j)
            if top > 0 and self.phrases[top - 1].kind == "np" and self.phrases[top - 1].cls == "asset":
                return (self.top(top - 1),)  # "the corridor the rebels had opened into the city"
        return ()

    def _bound(self, v: int) -> bool:
        """Whether a verb before "to" tells of ties and no way: "forces allied to the government", not "moved to"."""
        return self.phrases[v].mods[0] in _TIED and v + 2 < self.count and self.phrases[v + 2].kind == "np"

    def _looks_reduced(self, v: int) -> bool:
        follow = self.phrases[v + 1] if v + 1 < self.count else None
        if self.phrases[v].aux or follow is None or not is_word(follow, "IT"):
            return False
        if follow.cls == "T" and not self._bound(v):
            return False
        subject = self.top(self.before(v))
        told = follow.word in _PARTICLES and self.before(subject) >= 0
        return not (told and is_word(self.phrases[self.before(subject)], "W"))  # "the ferry that rebels set up"
