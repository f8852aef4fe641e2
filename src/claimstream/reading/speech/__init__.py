"""Speech: who says what within a sentence. `cues` is the entry; the rest is how it is found."""

from claimstream.reading.speech.passages import introduced, titled
from claimstream.reading.speech.persons import named, pronoun
from claimstream.reading.speech.reader import cues
from claimstream.reading.speech.spans import Cue
from claimstream.reading.speech.words import QUOTES, is_tensed

__all__ = ["QUOTES", "Cue", "cues", "introduced", "is_tensed", "named", "pronoun", "titled"]
