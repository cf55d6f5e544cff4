import hashlib
import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.core.files import FileDamaged, FileMissing, FileStore
from techfair.core.uploads import Picture

CONTENT = "Biên bản ghi nhớ".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


def files_in(store):
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_a_file_is_named_by_its_digest_and_read_back(store):
    assert store.put(CONTENT) == DIGEST
    assert store.read(DIGEST) == CONTENT


def test_the_same_content_twice_is_one_file(store):
    assert store.put(CONTENT) == store.put(CONTENT)
    assert len(files_in(store)) == 1


def test_a_document_is_never_shown_as_a_public_picture(store):
    store.put(CONTENT)
    with pytest.raises(FileMissing):
        store.read_picture(DIGEST)
    store.put_picture(Picture(CONTENT, 1, 1))
    assert store.read_picture(DIGEST) == CONTENT


def test_a_changed_file_is_not_handed_out_and_is_put_right_by_the_next_put(store):
    store.put(CONTENT)
    files_in(store)[0].write_bytes(b"other")
    with pytest.raises(FileDamaged):
        store.read(DIGEST)
    store.put(CONTENT)
    assert store.read(DIGEST) == CONTENT


@pytest.mark.parametrize("name", ["", "../../secret_key", DIGEST.upper(), DIGEST[:-1], DIGEST + "\n", "0" * 64])
def test_a_name_that_is_no_digest_of_ours_is_missing(store, name):
    store.put(CONTENT)
    with pytest.raises(FileMissing):
        store.read(name)


def test_a_write_that_fails_leaves_nothing_behind(store, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(CONTENT)
    assert files_in(store) == []


def test_many_writers_of_one_file_make_one_whole_file(store):
    writers = [threading.Thread(target=store.put, args=(CONTENT,)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (store.read(DIGEST), len(files_in(store))) == (CONTENT, 1)


@given(content=some.binary(max_size=200))
def test_whatever_is_put_is_read_back(tmp_path_factory, content):
    store = FileStore(tmp_path_factory.getbasetemp() / "any-files")
    assert store.read(store.put(content)) == content
