"""Adding a picture to a technology, saying what it shows, putting it elsewhere in the row, taking it away."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.core import access, audit
from techfair.core.database import insert_new
from techfair.core.errors import ChangedMeanwhile
from techfair.exhibitors.permissions import of_record
from techfair.exhibitors.pictures.models import TechnologyPicture
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

MOST = 12
WITH_TECHNOLOGY = (joinedload(TechnologyPicture.technology),)


@access.rule(TechnologyPicture)
def of_picture(user: object, picture: TechnologyPicture, to: str) -> bool:
    """As of its technology."""
    return of_record(user, picture.technology, to)


def of(technology: Technology) -> Sequence[TechnologyPicture]:
    """The pictures of a technology in their order."""
    mine = select(TechnologyPicture).filter_by(technology_id=technology.id)
    return db.session.scalars(mine.order_by(TechnologyPicture.position, TechnologyPicture.id)).all()


def add(technology: Technology, by: User, **values: object) -> bool:
    """Add a picture at the end; False where the technology has this very picture already."""
    db.session.flush()
    last = select(func.max(TechnologyPicture.position)).filter_by(technology_id=technology.id)
    captions = {"caption_vi": "", "caption_en": ""}
    row = {"technology_id": technology.id, "position": (db.session.scalar(last) or 0) + 1} | captions | values
    if not insert_new(TechnologyPicture, [row], returning=TechnologyPicture.id):
        return False
    _set_cover(technology)
    audit.record("technology.picture_added", technology, by=by)
    return True


def describe(picture: TechnologyPicture, by: User, vi: str, en: str, *, seen: tuple[str, str]) -> None:
    """Say what a picture shows; who cannot see it reads that.

    ``seen`` is what its editor started from. Raises ChangedMeanwhile where somebody said otherwise since then;
    the picture's place in the row may change meanwhile. One statement, so of two at once the second is told.
    """
    if (vi, en) in (seen, (picture.caption_vi, picture.caption_en)):
        return
    mine = update(TechnologyPicture).where(TechnologyPicture.id == picture.id)
    as_seen = mine.where(TechnologyPicture.caption_vi == seen[0], TechnologyPicture.caption_en == seen[1])
    said = as_seen.values(caption_vi=vi, caption_en=en).returning(TechnologyPicture.id)
    if db.session.scalar(said) is None:
        raise ChangedMeanwhile
    audit.record("technology.picture_described", picture.technology, by=by, title=vi or en)


def move(picture: TechnologyPicture, by: User, steps: int) -> None:
    """Put a picture so many places further back, or forward where ``steps`` is negative."""
    row = list(of(picture.technology))
    place = row.index(picture)
    wanted = max(0, min(len(row) - 1, place + steps))
    if wanted == place:
        return
    row.insert(wanted, row.pop(place))
    for position, one in enumerate(row, 1):
        one.position = position
    _set_cover(picture.technology)
    audit.record("technology.picture_moved", picture.technology, by=by, title=picture.caption_vi)


def remove(picture: TechnologyPicture, by: User) -> None:
    """Take it off the technology; the stored file may be another's too and stays."""
    technology = picture.technology
    db.session.delete(picture)
    db.session.flush()
    _set_cover(technology)
    audit.record("technology.picture_removed", technology, by=by, title=picture.caption_vi)


def _set_cover(technology: Technology) -> None:
    """Lists show the cover without reading pictures. Past the record's version: whoever edits its text goes on."""
    db.session.flush()
    cover = next((picture.small_digest for picture in of(technology)), None)
    mine = update(Technology).where(Technology.id == technology.id).values(picture_digest=cover)
    db.session.execute(mine, execution_options={"synchronize_session": False})
    db.session.expire(technology, ["picture_digest"])
