"""Turns of official phrase put plainly: "is considered liberated", "the siege that the army imposes on Belen"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claimstream.reading.rules.phrases import Phrase

MILITARY = frozenset("the security military overall general whole current field entire situation".split())
_DONE = {"liberated": "liberate", "recaptured": "recapture", "besieged": "besiege", "occupied": "occupy"}
_MOVED = frozenset("vehicles traffic trucks lorries cars trains buses goods".split())
_ALONG = frozenset("over across through on along via".split())
_IMPOSING = frozenset("impose lay enforce maintain".split())


def _is_considered(phrases: list[Phrase]) -> list[Phrase]:
    """ "Belen is considered under the control of the army", "is considered fully liberated": it is."""
    for at in range(1, len(phrases) - 2):
        verb = phrases[at]
        if verb.kind != "vg" or verb.word != "consider" or not verb.passive or verb.aux != "be":
            continue
        follow = at + 1
        while follow < len(phrases) - 1 and phrases[follow].cls == "R":
            follow += 1
        state = phrases[follow]
        if state.kind == "w" and state.word in ("under", "in", "within", "outside"):
            be = replace(verb, word="be", mods=("is",), passive=False, aux="")
            return [*phrases[:at], be, *phrases[at + 1 :]]
        if state.kind == "vg" and state.form == "part" and not state.aux:
            done = replace(state, passive=True, form="fin", aux="be", negated=verb.negated)
            return [*phrases[:at], done, *phrases[follow + 1 :]]
        if state.kind == "np" and state.word in _DONE and not state.det and not state.mods:
            mods = (state.word,)
            done = replace(verb, word=_DONE[state.word], mods=mods, head=state.head, end=state.end)
            return [*phrases[:at], done, *phrases[follow + 1 :]]
    return phrases


def _siege_imposed(phrases: list[Phrase]) -> list[Phrase]:
    """ "The siege imposed by the rebels on Belen", "the siege that they imposed on Belen": the siege on Belen."""
    for at in range(len(phrases) - 3):
        if phrases[at].kind != "np" or phrases[at].word not in ("siege", "blockade", "encirclement"):
            continue
        imposed = -1
        if phrases[at + 1].kind == "vg":
            behind = phrases[at + 2].word in ("by", "on", "against", "upon", "around")
            imposed = at + 1 if behind and not phrases[at + 1].aux else -1
        elif phrases[at + 1].word in ("that", "which"):
            told = [n for n in range(at + 2, min(at + 6, len(phrases))) if phrases[n].kind == "vg"]
            imposed = told[0] if told and phrases[told[0]].form == "fin" else -1
        if imposed < 0 or phrases[imposed].word not in _IMPOSING or phrases[imposed].negated:
            continue
        for end in range(imposed + 1, min(imposed + 6, len(phrases) - 1)):
            if phrases[end].kind == "w" and phrases[end].word in ("on", "against", "upon", "around"):
                return [*phrases[: at + 1], *phrases[end:]]
            if phrases[end].kind == "vg" or phrases[end].cls in (",", ".", ";"):
                break
    return phrases


def _passage_of(phrases: list[Phrase]) -> list[Phrase]:
    """ "The passage of lorries over the bridge": the traffic over the bridge."""
    for at in range(len(phrases) - 4):
        noun, link, who, over = phrases[at : at + 4]
        moved = noun.kind == "np" and noun.word in ("passage", "movement") and noun.owner is None and not noun.names
        if moved and link.word == "of" and who.kind == "np" and who.word in _MOVED and over.word in _ALONG:
            traffic = replace(noun, word="traffic", cls="other", end=who.end)
            return [*phrases[:at], traffic, *phrases[at + 3 :]]
    return phrases


def _stronghold_fell(phrases: list[Phrase]) -> list[Phrase]:
    """ "The citadel, the last stronghold of the rebels, fell": the rebels lost the citadel."""
    for at in range(len(phrases) - 6):
        place, comma, ground, link, side = phrases[at : at + 5]
        if place.cls not in ("asset", "name") or comma.word != "," or ground.word not in _GROUND:
            continue
        end = next((n for n in range(at + 5, min(at + 9, len(phrases) - 1)) if phrases[n].word == ","), 0)
        verb = phrases[end + 1] if end else comma
        held = link.word == "of" and side.cls == "side" and verb.word == "fall" and verb.form == "fin"
        if held and (end + 2 >= len(phrases) or phrases[end + 2].cls != "T"):
            return [*phrases[:at], side, replace(verb, word="lose"), place, *phrases[end + 2 :]]
    return phrases


_GROUND = frozenset("stronghold bastion position redoubt holdout foothold pocket outpost".split())

TURNS_OF_STATE: tuple[tuple[str, Callable[[list[Phrase]], list[Phrase]]], ...] = (
    ("passage", _passage_of),
    ("movement", _passage_of),
    ("consider", _is_considered),
    ("fall", _stronghold_fell),
    ("siege", _siege_imposed),
    ("blockade", _siege_imposed),
    ("encirclement", _siege_imposed),
)
"""The turns, each with the word that it cannot do without."""
