"""Stored files, named by their digest."""

from pathlib import Path


class FileMissing(Exception):
    """No file of that digest."""


class FileStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, digest: str) -> bytes:
        raise FileMissing(digest)

    def read_picture(self, digest: str) -> bytes:
        raise FileMissing(digest)
