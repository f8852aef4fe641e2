"""An alert in words for people and in the shapes of the two sinks. Pure: the time comes as an argument.

The words are made for the narrow window of a phone: what disagrees in the first line, then each side with its quote,
who says it and when.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import orjson

from claimstream.edges.metrics import transition
from claimstream.edges.wire import alert_codec
from claimstream.edges.wording import named, plain, topic, voice
from claimstream.model import Alert, Side

QUOTE = 220
"""Characters of a sentence that a message quotes; the whole stands in the record."""
SIDES = 4
HOLD = timedelta(days=1)
"""How long Alertmanager keeps an open alert that is not told again: longer than a notifier may be down."""
HEADINGS = {
    ("contradiction", "opened"): "Disputed",
    ("contradiction", "rewritten"): "Still disputed",
    ("change", "opened"): "Reported changed",
    ("change", "rewritten"): "Reported changed",
    ("change", "resolved"): "Changed",
}
ENDINGS = {"resolved": "Settled", "conceded": "Conceded", "corrected": "Corrected", "expired": "No news any more"}


def title(alert: Alert) -> str:
    """One line: what happened, to what."""
    told = transition(alert)
    heading = HEADINGS.get((alert.type, told)) or ENDINGS[told]
    return f"{heading}: {topic(alert)}"


def text(alert: Alert) -> str:
    """The message: title, sides with quote, voice and time, and why it is an alert."""
    sides = [_side(side) for side in alert.sides[:SIDES]]
    more = [f"and {len(alert.sides) - SIDES} more sides"] if len(alert.sides) > SIDES else []
    foot = f"{plain(alert.reason.words)} · {alert.id} rev {alert.revision}"
    return "\n\n".join([title(alert), *sides, *more, foot])


def _side(side: Side) -> str:
    voices = f"{side.origins} voice" + ("s" if side.origins != 1 else "") if side.origins else "known from its denial"
    copies = f", {side.copies} cop" + ("ies" if side.copies != 1 else "y") if side.copies else ""
    who = f"{voice(side.speaker, side.source)}, {side.published_at:%-d %b %Y %H:%M} UTC"
    return f"{named(side.position)} ({voices}{copies})\n“{clipped(side.sentence)}”\n— {who}"


def clipped(sentence: str, limit: int = QUOTE) -> str:
    """The sentence on one line, cut at a word where it is long."""
    words = " ".join(plain(sentence).split())
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"


def delivery(alert: Alert) -> str:
    """The name of one message: a receiver that has seen it can drop it."""
    return f"{alert.id}/{alert.revision}/{alert.digest}".rstrip("/")


def webhook_body(alert: Alert) -> bytes:
    """The JSON that a webhook gets: the words, and the whole record."""
    row = {
        "schema": 1,
        "delivery": delivery(alert),
        "transition": transition(alert),
        "title": title(alert),
        "text": text(alert),
        "alert": orjson.Fragment(alert_codec.encode(alert)),
    }
    return orjson.dumps(row)


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA-256 of "TIMESTAMP.BODY" under the shared secret, as "sha256=HEX"."""
    return "sha256=" + hmac.new(secret.encode(), b"%d." % timestamp + body, hashlib.sha256).hexdigest()


def verified(secret: str, timestamp: int, body: bytes, given: str, now: float, within: float = 300.0) -> bool:
    """What a receiver does: whether the signature fits, and the message is no older copy that somebody sends again.

    A copy within so many seconds has a `delivery` in its body that the receiver has seen.
    """
    fits = hmac.compare_digest(signature(secret, timestamp, body).encode(), given.encode())
    return fits and abs(now - timestamp) <= within


def alertmanager_alert(alert: Alert, now: datetime) -> dict[str, Any]:
    """The alert for Alertmanager's API v2. The labels are its identity, the same in every revision."""
    end = now + HOLD if alert.state == "open" else now
    return {
        "labels": {
            "alertname": "SourcesDisagree",
            "service": "claimstream",
            "severity": "news",
            "alert_id": alert.id,
            "subject": alert.subject,
            "situation": alert.situation or "unknown",
            "kind": alert.kind,
        },
        "annotations": {
            "summary": title(alert),
            "description": text(alert),
            "type": alert.type,
            "transition": transition(alert),
            "revision": str(alert.revision),
        },
        "startsAt": min(alert.opened_at, now).isoformat(),
        "endsAt": end.isoformat(),
    }
