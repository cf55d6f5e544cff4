"""Text with a little form, as people type it: lists, headings in bold, links. Whatever else it holds is shown as text.

A line that begins with ``- `` or ``1. `` is an item of a list, ``**so**`` is bold, an http(s) address is a link.
"""

import re
from itertools import groupby

from markupsafe import Markup, escape

ITEM = re.compile(r"\s*(?:[-•*]|(\d{1,3})[.)])\s+(?=\S)")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ADDRESS = re.compile(r"https?://[^\s<>\"'*]+[^\s<>\"'*.,;:!?)]")


def as_html(text: str | None) -> Markup:
    """Paragraphs and lists; nothing of the text becomes markup but what the three rules make."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return Markup("\n").join(_block(kind, list(those)) for kind, those in groupby(lines, key=_kind))


def plain(text: str | None) -> str:
    """The same text without the signs of bold, for paper and for machines."""
    return BOLD.sub(r"\1", text or "")


def _kind(line: str) -> str:
    item = ITEM.match(line)
    return "p" if item is None else "ol" if item[1] else "ul"


def _block(kind: str, lines: list[str]) -> Markup:
    if kind == "p":
        return Markup("\n").join(Markup("<p>{}</p>").format(_inline(line)) for line in lines)
    items = Markup("").join(Markup("<li>{}</li>").format(_inline(ITEM.sub("", line, count=1))) for line in lines)
    return Markup(f"<{kind}>{{}}</{kind}>").format(items)  # noqa: S704 - one of two names of ours


def _inline(line: str) -> Markup:
    parts, after = [], 0
    for bold in BOLD.finditer(line):
        parts += [_linked(line[after : bold.start()]), Markup("<b>{}</b>").format(_linked(bold[1]))]
        after = bold.end()
    return Markup("").join([*parts, _linked(line[after:])])


def _linked(text: str) -> Markup:
    parts, after = [], 0
    for address in ADDRESS.finditer(text):
        link = Markup('<a href="{}" rel="nofollow ugc noopener">{}</a>').format(address[0], address[0])
        parts += [escape(text[after : address.start()]), link]
        after = address.end()
    return Markup("").join([*parts, escape(text[after:])])
