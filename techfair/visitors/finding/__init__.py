"""Finding people by the beginnings of words: an index of folded words, kept with each registration."""
