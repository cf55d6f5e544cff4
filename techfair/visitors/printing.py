"""Badges on paper: those of a whole fair in one PDF, sorted as asked, made in parts that fit in memory."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import BaseModel
from sqlalchemy import Row, Select, func, select

from techfair.core import pdf, qr
from techfair.core.errors import TechfairError
from techfair.core.formats import format_date_range
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.visitors import badges, designs, tokens
from techfair.visitors.designs import Look
from techfair.visitors.models import Badge, Registration
from techfair.visitors.words import KIND_WORDS

if TYPE_CHECKING:  # loaded only where something is printed
    import pikepdf

PART = 200  # badges of one document, some 100 MB while it is made
Progress = Callable[[int], bool]
"""Called with the number of badges made so far; answers whether to go on."""


class Order(BaseModel, frozen=True):
    """Which badges are printed, on what, in which order, in which language. No kinds: all."""

    paper: Literal["a6", "a4", "card", "chat"] = "a6"
    order: Literal["name", "organisation", "number"] = "name"
    kinds: tuple[str, ...] = ()
    language: Literal["vi", "en"] = "vi"


class NothingToPrint(TechfairError):
    code, status = "nothing_to_print", 422
    message = _l("Nobody of these kinds has a valid badge.")


def count(fair: Fair, order: Order) -> int:
    """How many valid badges of confirmed people the order asks for."""
    return db.session.scalar(select(func.count()).select_from(_valid(fair, order).subquery())) or 0


def print_all(fair: Fair, order: Order, progress: Progress = lambda done: True) -> bytes | None:
    """One PDF of all badges that the order asks for; None where ``progress`` said to stop. Raises NothingToPrint."""
    import pikepdf

    sheets, done = pikepdf.Pdf.new(), 0
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as printer:
        for number, made in _printed(printer, fair, order):
            with pikepdf.open(io.BytesIO(made)) as part:
                sheets.pages.extend(part.pages)
            done += number
            if not progress(done):
                return None
    if not done:
        raise NothingToPrint
    return _saved(sheets, _title(fair, order))


def print_few(fair: Fair, order: Order, registration_ids: Sequence[int]) -> bytes:
    """One PDF of the valid badges of these few people, by name. Raises NothingToPrint."""
    theirs = _valid(fair, order).where(Badge.registration_id.in_(registration_ids))
    rows = db.session.execute(theirs.order_by(Registration.sort_key, Badge.number)).all()
    if not rows:
        raise NothingToPrint
    return pdf.render("badge", _data(fair, order, rows), replace_missing=True)


def picture(fair: Fair, badge: Badge, person: Registration) -> bytes:
    """A badge as a PNG of 1080 by 1350 points, made to be sent in a chat app: read from its preview, dark on white."""
    order = Order(paper="chat", language="vi" if person.language == "vi" else "en")
    valid = _valid(fair, order).where(Badge.id == badge.id)
    (made,) = pdf.pictures("badge", _data(fair, order, db.session.execute(valid).all()), ppi=254)
    return made


def _printed(printer: ProcessPoolExecutor, fair: Fair, order: Order) -> Iterator[tuple[int, bytes]]:
    """How many badges are in each part, and its PDF; the codes of the next one are drawn meanwhile."""
    waiting: tuple[int, Future[bytes]] | None = None
    for rows in _in_parts(fair, order):
        data = _data(fair, order, rows)
        following = len(rows), printer.submit(pdf.render_apart, "badge", data, replace_missing=True)
        if waiting:
            yield waiting[0], waiting[1].result()
        waiting = following
    if waiting:
        yield waiting[0], waiting[1].result()


def _saved(sheets: "pikepdf.Pdf", title: str) -> bytes:
    from pikepdf import ObjectStreamMode

    file = io.BytesIO()
    sheets.docinfo["/Title"] = title
    sheets.save(file, object_stream_mode=ObjectStreamMode.generate)
    return file.getvalue()


def _valid(fair: Fair, order: Order) -> Select[Badge, str, str]:
    person = Registration
    held = select(Badge, person.full_name, person.organisation).join(person, person.id == Badge.registration_id)
    valid = held.where(Badge.fair_id == fair.id, Badge.state == "issued", person.state == "confirmed")
    return valid.where(Badge.kind.in_(order.kinds)) if order.kinds else valid


def _in_parts(fair: Fair, order: Order) -> Iterator[list[Row[Badge, str, str]]]:
    """The rows by parts; read at once, for what is printed is one moment's list, and a row is small."""
    orders: dict[str, tuple[Any, ...]] = {
        "name": (Registration.sort_key, Badge.number),
        "organisation": (func.lower(Registration.organisation), Registration.sort_key, Badge.number),
        "number": (Badge.number,),
    }
    rows = db.session.execute(_valid(fair, order).order_by(*orders[order.order])).all()
    for first in range(0, len(rows), PART):
        yield list(rows[first : first + PART])


def _data(fair: Fair, order: Order, rows: Iterable[Row[Badge, str, str]]) -> dict[str, Any]:
    key, looks = keys.private(fair), designs.looks(fair)
    with force_locale(order.language):
        return {
            "format": order.paper,
            "fair": fair.name,
            "dates": format_date_range(fair.starts_on, fair.ends_on, order.language),
            "place": fair.place,
            "language": order.language,
            "title": _title(fair, order),
            "logo": _logo(fair),
            "badges": [_badge(fair, key, looks[row[0].kind], *row) for row in rows],
        }


def _badge(
    fair: Fair, key: Ed25519PrivateKey, look: Look, badge: Badge, name: str, organisation: str
) -> dict[str, str]:
    text = _("No. %(number)s", number=badge.number)
    return _drawn(look, badge.kind, name, organisation, badges.address(badge, fair, key), text)


def _drawn(look: Look, kind: str, name: str, organisation: str, address: str, text: str) -> dict[str, str]:
    return {
        "name": name,
        "organisation": organisation,
        "kind": str(KIND_WORDS[kind]),
        "design": look.design,
        "color": look.colour,
        "on_color": look.on_colour,
        "code": qr.as_svg(address, title=text, version=badges.VERSION, mask=badges.MASK),
        "text": text,
    }


def _logo(fair: Fair) -> list[int]:
    """The bytes of the fair's logo, none without one."""
    return list(current_app.extensions["files"].read_picture(fair.logo_digest)) if fair.logo_digest else []


def sample(fair: Fair, kind: str, look: Look, language: str) -> bytes:
    """How a badge of a kind is printed, as a small PNG; its code is nobody's."""
    with force_locale(language):
        order = Order(language="vi" if language == "vi" else "en")
        address = qr.badge_url(current_app.config["BADGE_URL"], "A" * tokens.LENGTH)
        badge = _drawn(look, kind, _("Full name"), _("Organisation"), address, _("No. %(number)s", number=0))
        data = _data(fair, order, ()) | {"badges": [badge]}
    (made,) = pdf.pictures("badge", data, ppi=120)
    return made


def _title(fair: Fair, order: Order) -> str:
    with force_locale(order.language):
        return f"{_('Badges')} – {fair.name}"
