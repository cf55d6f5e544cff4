"""What is stored about a person: shown to them, given to them as a file, erased when they say so."""
