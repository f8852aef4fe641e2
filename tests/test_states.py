"""Reading of control, siege and route claims: every rule's own examples, and what holds across rules."""

from __future__ import annotations

import json
import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimstream.model import Article, StateMention
from claimstream.reading import states, text
from claimstream.reading.rules import patterns, tags, triggers
from claimstream.reading.rules.phrases import chunk
from claimstream.reading.rules.table import rules
from claimstream.reading.rules.words import inflect, rule_rows
from effort import calls

RULES = rule_rows()
GOOD = [(rule["name"], *example) for rule in RULES for example in rule.get("good", ())]
GOLD = Path(__file__).parent / "gold"
BAD = [(rule["name"], sentence) for rule in RULES for sentence in rule.get("bad", ())]


def mentions(words: str, title: str = "") -> list[StateMention]:
    sentences = text.sentences(Article(id="a", source="s", title=title, text=words))
    return [m for found in states.read(sentences) for m in found]


def rows(words: str, title: str = "") -> set[tuple[str, str, str, str]]:
    return {(m.kind, m.asset.lower(), m.side.lower(), m.holds) for m in mentions(words, title)}


def wanted(spec: str) -> set[tuple[str, ...]]:
    return {tuple(part.strip().lower() for part in row.split("|")) for row in spec.split(";")}


@pytest.mark.parametrize(("rule", "sentence", "spec"), GOOD)
def test_a_rule_reads_its_own_examples(rule: str, sentence: str, spec: str) -> None:
    assert rows(sentence) == wanted(spec)


@pytest.mark.parametrize(("rule", "sentence"), BAD)
def test_a_rule_leaves_its_counterexamples_alone(rule: str, sentence: str) -> None:
    assert rows(sentence) == set()


def test_the_look_at_words_keeps_nothing_from_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    gold = [row for path in sorted(GOLD.glob("*.json")) for row in json.loads(path.read_text("utf-8"))["articles"]]
    texts = [sentence for _, sentence, _ in GOOD] + [sentence for _, sentence in BAD] + [row["text"] for row in gold]
    spared = [mentions(words) for words in texts]
    monkeypatch.setattr(triggers, "met", lambda needs, said: True)
    monkeypatch.setattr(triggers.Guarded, "may_fire", lambda guarded, said, behind: True)
    assert [mentions(words) for words in texts] == spared


def test_settled_tags_are_those_that_the_words_around_would_give(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [sentence for _, sentence, _ in GOOD] + [sentence for _, sentence in BAD]
    tokens = [text.tokens(words) for words in texts]
    settled = [tags.tag(words, {}) for words in tokens]
    monkeypatch.setattr(tags, "settled_tags", dict)
    assert [tags.tag(words, {}) for words in tokens] == settled


def test_every_rule_has_an_example_and_readable_patterns() -> None:
    assert [rule["name"] for rule in RULES if not rule.get("good")] == []
    assert len({rule["name"] for rule in RULES}) == len(RULES)
    table = rules()
    assert table.by_verb and table.by_noun


DATA = (Path(__file__).parent / "data" / "states.txt").read_text(encoding="utf-8").splitlines()


def lines(known_failure: bool) -> list[list[str]]:
    """The lines of tests/data/states.txt, cut at their arrows."""
    told = [line for line in DATA if line and not line.startswith("#")]
    return [line.lstrip("! ").split(" => ") for line in told if line.startswith("!") == known_failure]


def held(words: str) -> set[tuple[str, ...]]:
    found = [m for m in mentions(words) if m.kind == "control" and not m.passing]
    return {(m.asset.lower(), m.side.lower(), m.holds) for m in found}


@pytest.mark.parametrize(("sentence", "spec"), lines(known_failure=False))
def test_a_sentence_says_who_holds_what_and_no_more(sentence: str, spec: str) -> None:
    assert held(sentence) == wanted(spec)


UNREAD = [
    pytest.param(sentence, spec, marks=pytest.mark.xfail(strict=True, reason=reason))
    for sentence, spec, reason in lines(known_failure=True)
]


@pytest.mark.parametrize(("sentence", "spec"), UNREAD)
def test_what_is_not_read_yet(sentence: str, spec: str) -> None:
    assert held(sentence) == wanted(spec)


ANSWERS = {
    "The rebels have taken Belen. Sarab too.": ("sarab", "rebels", "yes"),
    "The rebels have taken Belen. Not Sarab.": ("sarab", "rebels", "no"),
    "The army still holds the mill. The dam is not.": ("dam", "army", "no"),
    "The army holds the mill. The same is true of the bridge.": ("bridge", "army", "yes"),
    "The rebels have taken Belen. Not so, says the army.": ("belen", "rebels", "no"),
    "The rebels have taken Belen. This is not true, a general said.": ("belen", "rebels", "no"),
    "The rebels have left Belen. The rebels denied it.": ("belen", "rebels", "yes"),
    "The rebels say they hold Belen. So does the army.": ("belen", "army", "yes"),
    "The rebels took Belen. Sarab followed on Sunday.": ("sarab", "rebels", "yes"),
}


@pytest.mark.parametrize(("words", "answer"), ANSWERS.items())
def test_a_sentence_without_a_verb_of_its_own_answers_the_one_before(words: str, answer: tuple[str, ...]) -> None:
    assert answer in held(words)


def test_a_pattern_that_is_not_in_the_language_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot read"):
        patterns.compiled("in {side} (or not")


LISTS = {
    "Rebels seized the mill, the bakery and part of the highway.": {"mill", "bakery", "highway"},
    "The army holds Belen, Sarab and the bridge between them.": {"belen", "sarab", "bridge"},
    "The towns of Belen and Sarab fell to the militia.": {"belen", "sarab"},
    "The militia took Belen on Friday, and soldiers fled the camp.": {"belen", "camp"},
}


@pytest.mark.parametrize(("sentence", "assets"), LISTS.items())
def test_lists_give_one_claim_for_each_member(sentence: str, assets: set[str]) -> None:
    assert {asset for _, asset, _, _ in rows(sentence)} == assets


NEGATIONS = {
    "The rebels did not take the dam.": "no",
    "The rebels have not lost the dam.": "yes",
    "The rebels never left the dam.": "yes",
    "The ministry denied that the rebels had taken the dam.": "no",
    "The rebels denied losing control of the dam.": "yes",
    "It is not true that the rebels hold the dam.": "no",
    "Claims that the rebels hold the dam are baseless.": "no",
    "The rebels no longer control the dam.": "no",
    "The rebels failed to capture the dam.": "no",
    "The rebels managed to capture the dam.": "yes",
    "No rebels left the dam.": "yes",
    "The rebels were forced to abandon the dam.": "no",
}


@pytest.mark.parametrize(("sentence", "holds"), NEGATIONS.items())
def test_negation_and_denial_turn_the_claim_round(sentence: str, holds: str) -> None:
    found = {(m.asset, m.holds) for m in mentions(sentence) if "rebels" in m.side.lower()}
    assert found == {("dam", holds)}


UNREAL = [
    "The rebels will take the dam.",
    "The rebels could take the dam.",
    "The rebels vowed to take the dam.",
    "The rebels are preparing to retake the dam.",
    "The army sent troops to recapture the dam.",
    "If the rebels take the dam, the valley is lost.",
    "Did the rebels take the dam?",
    "The rebels hope that they capture the dam.",
    "The general ordered his men to seize the dam.",
    "Plans for the capture of the dam were found.",
    "The army feared losing the dam.",
    "Taking the dam would be a victory for the rebels.",
]


@pytest.mark.parametrize("sentence", UNREAL)
def test_plans_wishes_and_conditions_say_nothing(sentence: str) -> None:
    assert mentions(sentence) == []


def test_they_is_the_side_last_spoken_of() -> None:
    assert ("control", "sarab", "rebels", "yes") in rows("The rebels moved at dawn. They captured Sarab by noon.")


def test_its_fighters_are_those_of_the_group() -> None:
    found = rows("Hezbollah said on Monday that its fighters had captured the hill.")
    assert ("control", "hill", "hezbollah", "yes") in found


def test_the_town_is_the_place_said_to_be_a_town() -> None:
    found = rows("Belen, a market town in the south, is quiet. The army left the town on Friday.")
    assert ("control", "belen", "army", "no") in found


def test_we_is_the_side_of_the_speaker() -> None:
    found = rows('"We have taken the dam," said Karim Daoud, a spokesman for the rebels.')
    assert ("control", "dam", "rebels", "yes") in found


def test_we_without_a_speaker_stays_unresolved() -> None:
    (mention,) = mentions("We have taken the dam.")
    assert (mention.side, mention.resolved) == ("we", False)


def test_extent_is_kept() -> None:
    assert [m.extent for m in mentions("Rebels hold most of Belen.")] == ["most"]
    assert [m.extent for m in mentions("Rebels took parts of Belen.")] == ["part"]
    assert [m.extent for m in mentions("Rebels took Belen.")] == ["all"]


def test_history_is_background() -> None:
    assert [m.background for m in mentions("The militia captured Belen in 2014.")] == [True]
    assert [m.background for m in mentions("The militia captured Belen on Friday.")] == [False]


def test_a_mention_in_passing_is_marked() -> None:
    (mention,) = mentions("Jets bombed rebel-held Sarab on Friday.")
    assert mention.passing
    assert (mention.asset, mention.side, mention.holds) == ("Sarab", "rebel", "yes")


def test_a_denial_is_marked() -> None:
    (mention,) = mentions("The governor denied that the rebels had entered Belen.")
    assert mention.denial


def test_an_answer_turns_the_claim_of_the_sentence_before() -> None:
    found = mentions("The rebels said on Monday that they had taken Belen. The army denied it.")
    assert [(m.side, m.holds, m.denial) for m in found] == [("rebels", "yes", False), ("rebels", "no", True)]


def test_a_confirmation_repeats_the_claim_of_the_sentence_before() -> None:
    found = mentions("The rebels took Belen. The ministry confirmed it on Tuesday.")
    assert [(m.asset, m.holds, m.rule) for m in found][1:] == [("Belen", "yes", "confirm it")]


def test_who_confirms_the_loss_has_lost_what_others_took() -> None:
    found = mentions("The rebels took Belen. The ministry confirmed the loss on Tuesday.")
    assert [(m.asset, m.side, m.holds) for m in found][1:] == [("Belen", "government", "no")]


def test_an_outlet_that_says_our_forces_speaks_for_the_spokesman_it_quotes() -> None:
    words = "Our forces entered Belen at dawn, a spokesman for the Unity Movement said. Sarab was liberated at noon."
    assert ("control", "sarab", "unity movement", "yes") in rows(words)


def test_both_of_a_gapped_pair_are_read() -> None:
    found = rows("Soldiers hold the northern bank and the rebels the market.")
    assert found == {("control", "northern bank", "soldiers", "yes"), ("control", "market", "rebels", "yes")}


def test_what_is_said_to_be_included_is_read_too() -> None:
    found = rows("The rebels hold every quarter of Belen, Sarab included.")
    assert {asset for _, asset, _, _ in found} == {"belen", "sarab"}


def test_an_exception_is_read_the_other_way_round() -> None:
    found = rows("The rebels control Belen with the exception of the airport.")
    assert found == {("control", "belen", "rebels", "yes"), ("control", "airport", "rebels", "no")}


PEACEFUL = [
    "The company took over a rival in the north.",
    "Voters seized on the issue in two districts.",
    "The mayor left the office early on Friday.",
    "Families fled the village as the river rose.",
    "The striker lost control of the ball near the line.",
    "Prices fell in most regions in May.",
    "The court is split over the case.",
    "The two sides held talks in the capital.",
    "Tourists entered the museum at noon.",
]


@pytest.mark.parametrize("sentence", PEACEFUL)
def test_peaceful_news_makes_no_claims(sentence: str) -> None:
    assert mentions(sentence) == []


def test_a_headline_counts() -> None:
    assert ("control", "belen", "rebels", "yes") in rows("Shops were shut.", title="Rebels Take Belen")


def test_spans_are_those_of_the_words() -> None:
    words = "On Friday the rebels seized the old mill near the river."
    (mention,) = mentions(words)
    assert "seized" in words[mention.start : mention.end]


def test_inflection_knows_regular_and_irregular_verbs() -> None:
    assert set(inflect("seize", {})) == {"seize", "seizes", "seized", "seizing"}
    assert set(inflect("overrun", {"overrun": ("overran", "overrun")})) == {
        "overrun",
        "overruns",
        "overran",
        "overrunning",
    }


WORDS = st.sampled_from(
    """the rebels army took seized Belen of in and , . by town control hands lost denied that who was is not never
    "We" they it its 's out from siege road open closed to if would had been besieged 40 ( ) - ; : ? half most parts
    flag flies over fell held rebel-held airport Monday said""".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_order_of_words_reads_with_offsets_in_range(words: list[str]) -> None:
    article = Article(id="a", source="s", title="", text=" ".join(words))
    sentences = text.sentences(article)
    for sentence, found in zip(sentences, states.read(sentences), strict=True):
        for mention in found:
            assert 0 <= mention.start < mention.end <= len(sentence.text)
            assert mention.asset


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=string.printable + "“”’—é", max_size=300))
def test_any_text_reads(words: str) -> None:
    sentences = text.sentences(Article(id="a", source="s", title="", text=words))
    assert len(states.read(sentences)) == len(sentences)


@pytest.mark.parametrize(
    "unit",
    [
        "the rebels took the town and ",
        "of the ",
        "they ",
        "which was in the hands of ",
        ", and the road , ",
        "not to have been ",
        "in the town fighting goes on; ",
        "the rebels left the town, and also from the mill, ",
        "it was the rebels who took what they call the town, the army said, ",
        "at least 20 villages, among them the town and ",
        ": the town, the mill; ",
    ],
)
def test_work_grows_with_the_length(unit: str) -> None:
    made = (text.sentences(Article(id="a", source="s", title="", text=unit * count + ".")) for count in (400, 3200))
    small, large = (calls(lambda s=s: states.read(s)) for s in made)
    assert large < 16 * small


def test_phrases_cover_no_token_twice() -> None:
    (sentence,) = text.sentences(
        Article(id="a", source="s", text="The army's men, backed by jets, took most of Belen.")
    )
    spans = [(p.start, p.end) for p in chunk(sentence.tokens)]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def read_text(words: str) -> tuple[tuple[StateMention, ...], ...]:
    return states.read(text.sentences(Article(id="a", source="s", text=words)))


def test_anything_is_of_the_road_spoken_of_before() -> None:
    said = "They declared that a corridor was open. “We are here, in one of the corridors,” a farmer said. "
    found = [m for ms in read_text(said + "“They haven't opened anything, and there is shelling.”") for m in ms]
    assert [(m.kind, m.asset, m.holds) for m in found] == [("route", "corridor", "yes"), ("route", "corridors", "no")]
    assert not [m for ms in read_text("The shops were shut. They haven't opened anything yet.") for m in ms]


def test_a_verb_of_nothing_but_itself_behind_a_list_is_read() -> None:
    assert all(one.kind == "control" for one in mentions("hold Airport, Airport there is"))
