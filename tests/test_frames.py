"""One clause in many sentences: no frame around it, nor the names for who acts or for the way, may change its claim."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimstream import pipeline
from claimstream.model import Article

CLAUSES = [
    ("Darin fell to the rebels", "Darin", "rebel", "yes"),
    ("the rebels captured Darin", "Darin", "rebel", "yes"),
    ("Darin was captured by the rebels", "Darin", "rebel", "yes"),
    ("the army still holds the Sela bridge", "Sela bridge", "army", "yes"),
    ("the Sela bridge is held by the army", "Sela bridge", "army", "yes"),
    ("the rebels have withdrawn from Darin", "Darin", "rebel", "no"),
    ("Darin is surrounded by the rebels", "Darin", "rebel", "yes"),
    ("the road to Darin has been cut by the rebels", "road to Darin", "", "no"),
    ("the army controls Darin", "Darin", "army", "yes"),
    ("Darin remains under the control of the army", "Darin", "army", "yes"),
]
FRAMES = """{}. | {} on Monday. | On Monday morning {}. | After three days of heavy shelling, {}.
In the far north of the province, {}. | A spokesman said {}.
A spokesman for the ministry said on Tuesday that {}. | {}, a spokesman said. | According to residents, {}.
{} because nobody was left to stop it. | While talks went on in the capital, {}.
Shops were shut in the capital and {}. | Shops were shut in the capital; {}.
The truce was to begin on Monday, but {}. | “{},” a spokesman said. | “We are tired,” a resident said. “{}.”
One thing is certain: {}. | The governor confirmed late on Sunday night in a message to reporters that {}.
State television, quoting a military source, reported that {}.
A shopkeeper told this newspaper by telephone that {}.
{} after a battle of two days in which dozens of people are said to have died.
{}, ending weeks of uncertainty for the people of the valley.
BELEN, Jan 3 (Meridian) - {}, the governor said on Monday. | • {}. | 14:05 {}. | It is true that {}.
We have learned from two drivers that {}. | Prices have doubled in the market, where people say that {}.
People are leaving, now that {}. | {}, and the mill burned for two days. | {}: residents
Reports that {} have been confirmed by the ministry. | The general conceded that {}, though he called it a detail."""
SIDES = """the Norland Front|Zenna fighters|the 5th Brigade|Colonel Marun's men|the LNA|marines|gendarmes
the guards|militiamen|the junta|the separatists|pro-government forces|the Popular Guard|the regime's army
occupation forces|Norlandish troops|the forces of Marshal Kadir|loyalists|the insurgents|paratroopers|the invaders
tribesmen|the Zenna Liberation Army|the ZLA|jihadists|gunmen|men in uniform|the police|special forces|commandos
a unit of the army|units of the 3rd Division|the militia of Kadir|Kadir's fighters|the coalition
troops loyal to Kadir|the national guard|the opposition|the resistance|mercenaries|foreign fighters
the Belen Brigade|the Lions of the Valley|the movement's fighters|UN peacekeepers|the defenders|the garrison
the mutineers|the bandits|the enemy|self-defence groups|vigilantes|border guards|cadets|volunteers|legionnaires"""
DEEDS = [
    ("{} seized Darin on Monday.", "yes"),
    ("Darin is in the hands of {}.", "yes"),
    ("{} were driven out of Darin.", "no"),
]
WAYS = """the road to Darin|the Darin road|the Darin-Sela highway|the highway between Darin and Sela|Highway 9
the A-9|the bridge at Darin|the Kora crossing|the border crossing at Kora|Darin airport|the port of Darin
the harbour|the railway line to Darin|the tunnel under the hill|the Sela pass|the coastal road|the ring road
the track to Darin|the only road into Darin|the corridor to Darin|the ferry to Sela|the supply route to Darin
the runway|the M5 motorway"""
STATES = [
    ("{} is open again.", "yes"), ("{} was reopened on Monday.", "yes"), ("Lorries are using {} again.", "yes"),
    ("{} has been closed since Monday.", "no"), ("{} is impassable.", "no"), ("No vehicle can use {}.", "no"),
    ("The rebels have cut {}.", "no"), ("A landslide has blocked {}.", "no"),
]  # fmt: skip


def listed(text: str, mark: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split(mark)]


def framed(frame: str, words: str) -> str:
    opens = frame.split("{}")[0].strip(" •0123456789:“") == "" or frame.endswith("“{}.”") or "(Meridian) - {}" in frame
    return frame.format(words[0].upper() + words[1:] if opens else words)


def read(text: str) -> list[tuple[str, str, str, str]]:
    """(kind, asset, side, holds) of what the sentence says."""
    at = datetime(2020, 1, 3, 12, tzinfo=UTC)
    article = Article(id="a", source="one.example", text=text + "\n\nNothing else is known.", published_at=at)
    claims = pipeline.read(article).claims
    return [(c.kind, c.asset.lower(), c.side.lower(), str(c.holds)) for c in claims if c.kind != "figure"]


@pytest.mark.parametrize("frame", listed(FRAMES, " | "))
def test_a_clause_is_read_in_every_frame(frame: str) -> None:
    for clause, asset, side, holds in CLAUSES:
        said = read(framed(frame, clause))
        assert any(asset.lower() in a and side in s and holds == h for _, a, s, h in said), (
            framed(frame, clause),
            said,
        )


@pytest.mark.parametrize("side", listed(SIDES, "|"))
def test_a_side_is_one_whatever_it_is_called(side: str) -> None:
    for deed, holds in DEEDS:
        said = read(framed(deed, side))
        assert any(k == "control" and "darin" in a and s and holds == h for k, a, s, h in said), (
            framed(deed, side),
            said,
        )


@pytest.mark.parametrize("way", listed(WAYS, "|"))
def test_a_way_is_one_whatever_it_is_called(way: str) -> None:
    for state, holds in STATES:
        said = read(framed(state, way))
        assert any(k == "route" and holds == h for k, _, _, h in said), (framed(state, way), said)
