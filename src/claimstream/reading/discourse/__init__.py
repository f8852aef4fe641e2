"""References within one article: who "they" are, which town "the town" is, what an answer answers."""
