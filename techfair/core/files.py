"""Stored files, named by the SHA-256 of their content, so that a name never changes its meaning."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from techfair.core.uploads import Picture

DIGEST = re.compile("[0-9a-f]{64}")


class FileMissing(Exception):
    """No file of that digest."""


class FileDamaged(Exception):
    """A stored file is no longer what its name says: the disk or somebody's hand has changed it."""


class FileStore:
    """A folder of files that are written once, never changed, and removed only with the person they are about.

    Pictures lie apart: only what ``uploads.read_picture`` made is ever shown to the public by its digest.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Store a file and answer its digest; the same content twice is one file.

        On return the content is on the disk: a crash leaves all of it or none.
        """
        return self._put(self.folder / "documents", data)

    def put_picture(self, picture: Picture) -> str:
        """Store a picture for the public and answer its digest."""
        return self._put(self.folder / "pictures", picture.data)

    def read(self, digest: str) -> bytes:
        """A file's content, compared with its digest; raises FileMissing, FileDamaged."""
        return self._read(self.folder / "documents", digest)

    def read_picture(self, digest: str) -> bytes:
        """A picture's content (WebP), compared with its digest; raises FileMissing, FileDamaged."""
        return self._read(self.folder / "pictures", digest)

    def remove(self, digest: str) -> None:
        """Take a file off the disk; one that is not there is no matter."""
        if DIGEST.fullmatch(digest):
            _place(self.folder / "documents", digest).unlink(missing_ok=True)

    def _put(self, folder: Path, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        try:
            self._read(folder, digest)
        except (FileMissing, FileDamaged):
            _write(_place(folder, digest), data)
        return digest

    def _read(self, folder: Path, digest: str) -> bytes:
        if not DIGEST.fullmatch(digest):  # it may come from an address, and must not name another place
            raise FileMissing(digest)
        try:
            data = _place(folder, digest).read_bytes()
        except FileNotFoundError:
            raise FileMissing(digest) from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise FileDamaged(digest)
        return data


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest[2:]


def _write(place: Path, data: bytes) -> None:
    """Put a whole file in its place, or nothing: written beside, flushed to the disk, then renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    """Without this the new name itself may be lost in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
