"""The cues of lexicon/counts.toml stand in the sentences that are said to have them, and in no others."""

from __future__ import annotations

from typing import Any

import pytest

from claimstream.judging import sentence_words
from claimstream.lexicon import load


@pytest.mark.parametrize("cue", load("counts")["cue"], ids=lambda cue: cue["name"])
def test_cues_are_in_their_examples_alone(cue: dict[str, Any]) -> None:
    assert [words for words in cue["yes"] if not sentence_words.has(cue["name"], words)] == []
    assert [words for words in cue["no"] if sentence_words.has(cue["name"], words)] == []
