"""What an exhibitor wishes for, and who is kept apart: what the suggestion keeps to."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from techfair.core import audit, clock
from techfair.core.database import insert_new, upsert
from techfair.core.errors import TechfairError
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.placing.models import BoothWish, KeptApart
from techfair.extensions import db
from techfair.fairs.models import Fair


class NotTwoExhibitors(TechfairError):
    code, status = "not_two_exhibitors", 422
    message = _l("Choose two different exhibitors of this fair.")


def wish(exhibitor: Exhibitor, by: Any, **values: Any) -> None:
    """Say what booth an exhibitor wants."""
    upsert(BoothWish, [{"exhibitor_id": exhibitor.id, "changed_at": clock.now()} | values], by=("exhibitor_id",))
    audit.record("booth.wished", exhibitor, by=by)


def of(exhibitor: Exhibitor) -> BoothWish | None:
    return db.session.get(BoothWish, exhibitor.id, populate_existing=True)


def keep_apart(one: Exhibitor, other: Exhibitor, by: Any) -> None:
    """From now on the suggestion puts these two side by side nowhere; raises NotTwoExhibitors."""
    if one.id == other.id or one.fair_id != other.fair_id:
        raise NotTwoExhibitors
    first, second = sorted((one.id, other.id))
    if insert_new(KeptApart, [{"first_id": first, "second_id": second}], returning=KeptApart.first_id):
        audit.record("exhibitors.kept_apart", one, by=by, exhibitor_id=other.id)


def let_together(one: Exhibitor, other: Exhibitor, by: Any) -> None:
    """These two may stand side by side again."""
    first, second = sorted((one.id, other.id))
    db.session.execute(delete(KeptApart).where(KeptApart.first_id == first, KeptApart.second_id == second))
    audit.record("exhibitors.let_together", one, by=by, exhibitor_id=other.id)


def apart_at(fair: Fair) -> list[tuple[int, int]]:
    """The pairs that are kept apart at a fair."""
    first = aliased(Exhibitor)
    pairs = select(KeptApart.first_id, KeptApart.second_id).join(first, first.id == KeptApart.first_id)
    rows = db.session.execute(pairs.where(first.fair_id == fair.id).order_by(KeptApart.first_id, KeptApart.second_id))
    return [(row.first_id, row.second_id) for row in rows]
