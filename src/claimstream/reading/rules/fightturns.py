"""Turns of fighting put plainly: "in Belen fighting goes on", "there is still fighting", "Belen cleared of rebels"."""

from __future__ import annotations

from dataclasses import replace

from claimstream.reading.rules.attachment import is_word
from claimstream.reading.rules.phrases import Phrase


def fighting_in(phrases: list[Phrase]) -> list[Phrase]:
    """ "In Belen fighting goes on": in Belen, fighting goes on."""
    for at in range(1, len(phrases) - 1):
        noun, led = phrases[at], phrases[at - 1]
        opens = led.word in ("in", "inside", "at") and (at == 1 or is_word(phrases[at - 2], ",;:"))
        if not opens or noun.word != "fighting" or not noun.names or noun.det or phrases[at + 1].kind != "vg":
            continue
        if noun.names != tuple(range(noun.start, noun.head)):
            continue
        place = replace(noun, end=noun.head, head=noun.head - 1, word=noun.mods[-1], cls="name", mods=noun.mods[:-1])
        fight = replace(noun, start=noun.head, names=(), mods=(), det="the")
        return [*phrases[:at], place, fight, *phrases[at + 1 :]]
    return phrases


def there_is_fighting(phrases: list[Phrase]) -> list[Phrase]:
    """ "There is still fighting in Belen": the fighting is in Belen."""
    for at in range(len(phrases) - 2):
        there, verb = phrases[at : at + 2]
        if there.word == "there" and verb.word == "fight" and verb.mods == ("fighting",) and verb.aux == "be":
            last = verb.end - 1
            fight = Phrase("np", last, verb.end, "fighting", cls="other", det="the", head=last)
            being = replace(verb, end=last, word="be", mods=("is",), aux="", form="fin", passive=False)
            return [*phrases[:at], fight, being, *phrases[at + 2 :]]
    return phrases


def cleared_of(phrases: list[Phrase]) -> list[Phrase]:
    """ "Belen cleared of rebels": is cleared of them."""
    for at in range(1, len(phrases) - 2):
        verb, link = phrases[at], phrases[at + 1]
        bare = verb.kind == "vg" and not verb.aux and not verb.passive and verb.word in CLEARING
        taken = link.word == "from" and phrases[at + 2].cls == "side"  # "Belen recaptured from rebels"
        if bare and (link.word == "of" or taken) and phrases[at - 1].cls in ("name", "asset") and at == 1:
            return [*phrases[:at], replace(verb, passive=True, form="fin", aux="be"), *phrases[at + 1 :]]
    return phrases


CLEARING = ("clear", "cleanse", "purge", "rid", "free", "recapture", "retake", "wrest", "liberate", "seize", "take")
