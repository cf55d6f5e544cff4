"""A picture in the two sizes in which pages show it."""

from io import BytesIO
from typing import Any

from flask import current_app

from techfair.core.files import FileMissing, FileStore
from techfair.core.uploads import Upload, read_picture

SMALL = 640  # pixels of its longer side


def kept(upload: Upload) -> dict[str, Any]:
    """Judge an upload by its content, draw it anew in both sizes, keep them; raises UploadRefused."""
    store: FileStore = current_app.extensions["files"]
    large = read_picture(upload)
    small = read_picture(BytesIO(large.data), side=SMALL)
    digests = {"digest": store.put_picture(large), "small_digest": store.put_picture(small)}
    return digests | {"width": large.width, "height": large.height}


def of_stored(digest: str) -> dict[str, Any] | None:
    """The same of a picture that is kept already; None where it is not."""
    try:
        return kept(BytesIO(current_app.extensions["files"].read_picture(digest)))
    except FileMissing:
        return None
