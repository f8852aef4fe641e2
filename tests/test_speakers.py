"""Who says what: within a sentence, over sentences of a quotation, and behind pronouns."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimstream.lexicon import load
from claimstream.model import Article, Attribution
from claimstream.reading import text
from claimstream.reading.speakers import attribute, shown
from effort import calls


def read(body: str, title: str = "") -> list[tuple[str, tuple[Attribution, ...]]]:
    found = text.sentences(Article(id="a", source="s", title=title, text=body))
    return list(zip([s.text for s in found], attribute(found), strict=True))


def voices(body: str, title: str = "") -> list[list[str]]:
    """For each sentence the speakers as shown to people."""
    return [[shown(a) for a in rows] for _, rows in read(body, title)]


@pytest.mark.parametrize("example", load("speech")["example"], ids=lambda example: str(example["text"])[:50])
def test_the_lexicon_examples(example: dict[str, object]) -> None:
    ((sentence, rows),) = read(str(example["text"]))
    says = example["says"]
    assert isinstance(says, list)
    wanted = [tuple(entry.split("|")) for entry in says]
    assert [row.speaker for row in rows] == [speaker for speaker, _ in wanted]
    for row, (_, words) in zip(rows, wanted, strict=True):
        assert sentence[row.start : row.end].startswith(words)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("“We hold it,” said Ann Roe. “They fled.”", [["Ann Roe"], ["Ann Roe"]]),
        ("“We hold it. They fled,” said Ann Roe.", [["Ann Roe"], ["Ann Roe"]]),
        ("The road is open, the ministry and the hauliers both said.", [["the ministry and the hauliers"]]),
        ("The road is open, a court that collects the data said.", [["a court"]]),
        ("UN statement: soldiers have surrounded the camp.", [["UN statement"]]),
        ("“The road is open,” the mayor claims.", [["the mayor"]]),
        ("Ann Roe, a doctor, said 12 died.\n\nShe said more would.",
         [["Ann Roe, a doctor"], ["She (Ann Roe, a doctor)"]]),
        ("John Roe, the mayor, spoke of 40 dead. Roe said it would rise.",
         [["John Roe, the mayor"], ["John Roe, the mayor"]]),
        ("The ministry said 40 died. It said 12 were missing.", [["The ministry"], ["It (The ministry)"]]),
        ("Rebels say they won. They say the army fled.", [["Rebels"], ["They (Rebels)"]]),
        ("A guard would have none of it: nobody had fled, he said.", [["he (A guard)"]]),
        ("The town fell. Nobody knows why.", [[], []]),
        ("“Long live the town”. The crowd dispersed.", [[], []]),
        ("Interfax quoted the general as saying that the hill was held.", [["the general"]]),
        ("Radio One cited its reporter as confirming that the hill was held.", [["Radio One"]]),
        ("The army shelled the hill and said it had killed 40 men.", [["The army"]]),
        ("The army did not say how many had died.", [[]]),
        ("The bank has 300 branches, has opened nine and was reported closed.", [[]]),
        ("ROE: We hold the bridge and the mill.", [["ROE"]]),
        ("UPDATE: The toll is now 40.", [[]]),
        ("WHO says 900 people died.", [["WHO"]]),
        ("The health ministry issued a list on Tuesday. It said 12 men had died.", [[], ["It (The health ministry)"]]),
        ("Baku said 9 died.\n\nThe army shows what it says was left: 22 tanks.", [["Baku"], ["it (The army)"]]),
        ("What we know: at least 14 men died.", [[]]),
        ("Ann Roe, a nurse who was there, said many of the men that fell were old.", [["Ann Roe"]]),
        ("Ann Roe: We have buried 41 men. The mill is theirs.", [["Ann Roe"], ["Ann Roe"]]),
        ("Ann Roe, 45, a nurse, stood in the yard. “We have 60 wounded.”", [[], ["Ann Roe"]]),
        ("In the yard Colonel John Doe has a map. “Nine tenths,” he says.", [[], ["he (Colonel John Doe)"]]),
        ("A spokeswoman, Ann Roe, said 9 died. A spokesman, John Doe, said 12 had. She said it was over.",
         [["A spokeswoman, Ann Roe"], ["A spokesman, John Doe"], ["She (A spokeswoman, Ann Roe)"]]),
        ("Jane Roe of the council said 9 died. Snow fell. “Nobody came.”", [["Jane Roe of the council"], [], []]),
        ("Ann Roe said 12 died. “Nine were men.”", [["Ann Roe"], ["Ann Roe"]]),
        ("The council's statement reads:\n\nThe port is ours.\n\nWe lost nine.\n\nRain fell on Halim.",
         [["The council's statement"], ["The council's statement"], ["The council's statement"], []]),
        ("Transcript of the speech of the mayor\n\nWe hold it.\n\nNine died.", [[], ["the mayor"], ["the mayor"]]),
        ("The goods:\n\nWe sell ropes.", [[], []]),
        ("One resident, who gave his name only as Musa, said he counted 30. Musa wept.",
         [["Musa, One resident"], []]),
        ("Ann Roe, of the relief committee, listened. Only 40 came, she says.", [[], ["she (Ann Roe)"]]),
        ("A nurse said six died. U.S. Gen. John Doe denied it. It was ten, he said.",
         [["A nurse"], ["U.S. Gen. John Doe"], ["he (U.S. Gen. John Doe)"]]),
        ("The toll is 6,432, the council says. It was 2,683 in March.", [["the council"], ["the council"]]),
        ("Colonel Roe was calm. Forty died, according to him.", [[], ["him (Colonel Roe)"]]),
        ("At the mill a policeman showed a grave. Nine lay there, he said.", [[], ["he (a policeman)"]]),
        ("The guns were moved, Doevsky said. Nine were lost, he said.", [["Doevsky"], ["he (Doevsky)"]]),
        ("Reached by phone, John Doe, whose men hold the mill, smiled. It was theirs, he said.",
         [[], ["he (John Doe)"]]),
        ("Ann Roe, a nurse, says 40 died. The mayor, for his part, is calm. Nine, he reckons, are missing.",
         [["Ann Roe, a nurse"], [], ["he (The mayor)"]]),
        ("Harbour minister John Doe is at the port. “We lost 40,” he tells reporters.", [[], ["he (John Doe)"]]),
        ("The imam read out a statement. According to it eleven have died.", [[], ["it"]]),
        ("At Port Halim, a monk, Brother John, keeps a list. Nine died, he says.", [[], ["he (Brother John)"]]),
        ("Ann Roe, a nurse, said 9 died. By evening the lieutenant was calm. Nine lay there, he thinks.",
         [["Ann Roe, a nurse"], [], ["he (the lieutenant)"]]),
        ("The aid group said wells were bad. Feed the Poor put the dead at 260, although it admitted that 40 lived.",
         [["The aid group"], ["Feed the Poor", "it (Feed the Poor)"]]),
        ("The army denied it. “It is ours,” the Popular Mobilisation Forces said. It said nine died.",
         [["The army"], ["the Popular Mobilisation Forces"], ["It (the Popular Mobilisation Forces)"]]),
        ("General Doe spoke. He frowned when a clerk read out a rebel claim that it fell. It stands, he said.",
         [[], [], ["he (General Doe)"]]),
        ("WWB and partners: 40 tents came. Funding: the plan is covered to 5 per cent.",
         [["WWB and partners"], []]),
        ("The ministry said 40 died. Villagers dug all night. They said they had found nine.",
         [["The ministry"], [], ["They (Villagers)"]]),
        ("Officials said it was open. Lorry drivers frowned. Nobody has passed, according to them.",
         [["Officials"], [], ["them (Lorry drivers)"]]),
        ("The mayor was brief. His figures: 40 dead, 12 missing.", [[], ["His (The mayor)"]]),
        ("Families with a son there put up a tent. Their list had 61 names.", [[], ["Their (Families)"]]),
        ("The council met at noon. By its count 31 are missing.", [[], ["its (The council)"]]),
        ("Doe said: “They hold the mill. The pits are ours.” He added that 40 died.",
         [["Doe"], ["Doe"], ["He (Doe)"]]),
    ],
)  # fmt: skip
def test_speakers_over_sentences(body: str, expected: list[list[str]]) -> None:
    assert voices(body) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Army says it has retaken fort, rebels deny it", ["Army", "rebels"]),
        ("Town back in army hands, says Testville; rebels disagree", ["Testville", "rebels"]),
        ("Police: 12 dead in market blast", ["Police"]),
        ("12 dead in market blast: police", ["police"]),
        ("UN: 4,000 people flee Halim", ["UN"]),
        ("LIVE: 4,000 people flee Halim", []),
        ("Town falls to rebels, army claims", ["army"]),
        ("Toll in blast passes 300, ambulance service says", ["ambulance service"]),
        ("“Forty bodies in Halim”: mayor pleads for boats", ["mayor"]),
        ("Toll now 321, minister tells parliament", ["minister"]),
        ("Town falls", []),
        ("Live: the battle for the bridge", []),
    ],
)
def test_headlines(title: str, expected: list[str]) -> None:
    assert voices("", title) == [expected]


def test_two_sides_of_one_sentence_keep_their_own_words() -> None:
    ((sentence, rows),) = read("Officials said the fort was quiet, but villagers insisted that it burned.")
    assert [(row.speaker, sentence[row.start : row.end]) for row in rows] == [
        ("Officials", "the fort was quiet"),
        ("villagers", "it burned."),
    ]


def test_a_dash_inside_an_open_quotation_signs_nothing() -> None:
    assert voices('The update was made by " the cluster. - It replaces the last.') == [[], []]


def test_a_quotation_is_signed_below_it() -> None:
    assert voices("“They left. We stayed.” ― Ann Roe") == [["Ann Roe"], ["Ann Roe"], []]


def test_a_denial_is_marked() -> None:
    ((_, rows),) = read("The ministry denied that the dam had been lost.")
    assert rows[0].rule.startswith("denied")


def test_an_aside_does_not_hide_what_is_told_around_it() -> None:
    ((sentence, rows),) = read("The raid began at 11 p.m., said Ann Roe, an aide, and cost 150 lives.")
    covered = " ".join(sentence[row.start : row.end] for row in rows)
    assert "The raid began" in covered and "cost 150 lives" in covered
    assert {row.speaker for row in rows} == {"Ann Roe, an aide"}


WORDS = st.sampled_from(
    'said says , . " “ ” according to the army officials he who that and but told denied Roe Ann : ; - 40'.split()
)


@example("that : said said said said army", "")
@example("officials put by the army at 40 and", "")
@given(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=80))
@settings(max_examples=400, deadline=None)
def test_any_words_can_be_read_and_spans_lie_in_their_sentence(words: str, other: str) -> None:
    for sentence, rows in read(f"{words}\n\n{other}. {words}", title=words[:80]):
        for row in rows:
            assert 0 <= row.start < row.end <= len(sentence)
            assert row.speaker


@pytest.mark.parametrize(
    "piece", ["he said, ", "who, ", "the army and ", "“ said ", "according to the ", "Roe, a man, said "]
)
def test_work_is_linear_in_the_length(piece: str) -> None:
    made = (
        text.sentences(Article(id="a", source="s", text=piece * (size // len(piece)))) for size in (30_000, 240_000)
    )
    small, large = (calls(lambda s=s: attribute(s)) for s in made)
    assert large < 10 * small
