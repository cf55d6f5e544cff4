"""By whose certificates documents are signed and whose are trusted: the fair's own authority, seals, anchors."""
