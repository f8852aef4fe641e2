"""Rules as data and the small machine that runs them over the phrases of a sentence."""
