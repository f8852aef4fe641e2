"""Who took or lost a place where a sentence does not say it, in articles of a few sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimstream import pipeline
from claimstream.model import Article

RAID = "Rebels of the Zenna attacked Belen on Monday. "


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (RAID + "The barracks was stormed at dawn, a police officer said.", "barracks|Rebels of the Zenna|yes"),
        (
            RAID + "The barracks was overrun, an army officer said. The army denied it.",
            "barracks|Rebels of the Zenna|no",
        ),
        (
            RAID + "The barracks was retaken at dawn, a police officer said.",
            "barracks|Brazilian government forces|yes",  # the gazetteer has a Belen in Brazil
        ),
        (RAID + "The bridge was captured at dawn, the army said.", "bridge|army|yes"),
        (RAID + "The barracks was stormed at dawn, a rebel commander said.", "barracks|rebel|yes"),
        (
            "Taliban men came on Friday. Commandos flew in. An official said Belen was lost on Saturday.",
            "Belen|army|no",
        ),
        ("Boko Haram came on Friday. The gunmen raised their flag over the town hall.", "town hall|Boko Haram|yes"),
        ("The rebels came. They left Belen to the army, but Darin is still theirs.", "Darin|rebels|yes"),
        (
            "Contrary to what the regime says, the forces of the resistance came. They hold Belen.",
            "Belen|forces of the resistance|yes",
        ),
        ("Our aviation struck the enemy. Belen remains occupied, according to the General Staff.", "Belen|enemy|yes"),
        (
            "Russian forces left. Ukraine's general staff said that Belen was still occupied.",
            "Belen|Russian forces|yes",
        ),
        ("Rebels came. The mayor said that Belen was occupied on Monday.", "Belen|Rebels|yes"),
        ("The 72nd Brigade still holds Belen.", "Belen|72nd Brigade|yes"),
        (
            "Taliban men came. It is a rumour that Belen fell. By the ministry 150 terrorists died.",
            "Belen|Taliban men|no",
        ),
        ("On Saturday a column of about 300 Zenna fighters left Belen.", "Belen|Zenna fighters|no"),
        (
            "Ukrainian men came. Ada Berg, the Russian-installed head of Belen, denied that it was lost.",
            "Belen|Russian forces|yes",
        ),
        ("A rebel commander said that his men held Belen.", "Belen|rebel|yes"),
        (
            "Our units came, an army spokesman said. Belen is held by our forces, who search it, the text says.",
            "Belen|army|yes",
        ),
    ],
)
def test_the_doer_of_the_last_claim(text: str, last: str) -> None:
    article = Article(id="a", source="x", text=text, published_at=datetime(2023, 3, 7, tzinfo=UTC))
    claim = [claim for claim in pipeline.read(article).claims if claim.kind == "control" and not claim.implied][-1]
    side = claim.side.partition(" (")[0]  # without the state that it belongs to
    assert f"{claim.asset}|{side}|{claim.holds}" == last
