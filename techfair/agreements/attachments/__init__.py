"""Attachments of an agreement: files that its text binds by their SHA-256."""
