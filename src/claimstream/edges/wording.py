"""Facts, claims and alerts in a few words for people. Every word of an article goes through `plain`."""

from __future__ import annotations

import unicodedata

from claimstream.lexicon.sides import side_name
from claimstream.model import Alert, Claim, Fact


def plain(text: str) -> str:
    """The text without control characters, direction overrides and line separators, which could rewrite a line."""
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else " " for c in text)


def number(value: float | None) -> str:
    """1500000.0 as 1,500,000."""
    if value is None:
        return "…"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def bounds(low: float | None, high: float | None) -> str:
    """Bounds as a reader would write them: 700, "700 or more", "up to 700", 10-20."""
    if low is None and high is None:
        return "no number"
    if high is None:
        return f"{number(low)} or more"
    if low is None:
        return f"up to {number(high)}"
    return number(low) if low == high else f"{number(low)}-{number(high)}"


def named(position: str) -> str:
    """A position with the sides in it by their names: "not state:SY" as "not Syrian army"."""
    return plain(" ".join(side_name(word) if ":" in word else word for word in position.split(" ")))


def topic(about: Alert | Fact) -> str:
    """What an alert or a fact is about, in a few words."""
    where = f" ({about.place})" if about.place else ""
    if about.kind == "figure":
        return plain(f"{about.measure}: {about.who or 'people'}{where}")
    question = {"control": "who holds", "siege": "is there a siege of", "route": "can one pass"}[about.kind]
    return plain(f"{question} {about.asset or 'a place not named'}{where}")


def voice(speaker: str, source: str) -> str:
    """Who says it, and where it stands."""
    return plain(f"{speaker}, in {source}" if speaker else source)


def value_of(claim: Claim) -> str:
    """What a claim says, in a few words."""
    marks = "".join(f" ({name})" for name in ("background", "passing", "denial", "implied") if getattr(claim, name))
    if claim.kind == "figure":
        unit = f" {claim.unit}" if claim.unit else ""
        about = "about " if claim.approx else ""
        return plain(f"{claim.measure}: {about}{bounds(claim.low, claim.high)}{unit} {claim.who}".rstrip() + marks)
    extent = "" if claim.extent == "all" else f" ({claim.extent})"
    return plain(f"{claim.kind}: {claim.asset}{extent}, {claim.side or 'nobody named'}: {claim.holds}{marks}")
