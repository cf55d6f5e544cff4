"""Technologies and needs from a file and back into one; the same file sent twice adds nothing."""
