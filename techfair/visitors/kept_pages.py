"""The service workers that keep pages for when there is no network: one script, told which pages it keeps."""

import json

from flask import Response

from techfair.core import pages

PATIENCE = 1500  # milliseconds that the page itself is waited for before the kept one opens
NOT_KEPT = {".txt", ".json"}  # licences and records of what was vendored


def worker(name: str, page: str) -> Response:
    """The worker ``name``; ``page`` is the pattern of the paths that it keeps, beside all static files."""
    files = [pages.asset(file) for file in pages.static_names() if not file.endswith(tuple(NOT_KEPT))]
    given = {"NAME": name, "PATTERN": page, "VERSION": pages.static_digest(), "FILES": files, "PATIENCE": PATIENCE}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in given.items()]
    text = (pages.STATIC / "gate" / "worker.js").read_text(encoding="utf-8")
    answer = Response("\n".join([*lines, text]), content_type="text/javascript; charset=utf-8")
    answer.cache_control.no_cache = True
    return answer
