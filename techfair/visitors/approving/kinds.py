"""Which kinds want approval: asked and chosen."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select

from techfair.core import audit
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.approving.models import CLAIMED, KindApproval


def chosen(fair_id: int) -> list[str]:
    """The kinds that want approval."""
    return list(db.session.scalars(select(KindApproval.kind).filter_by(fair_id=fair_id).order_by(KindApproval.kind)))


def choose(fair: Fair, wanted: Collection[str], by: Any) -> None:
    """Let these kinds want approval from now on; whoever is confirmed or waits already stays so."""
    kinds = sorted(set(wanted) & set(CLAIMED))
    if kinds == chosen(fair.id):
        return
    db.session.execute(delete(KindApproval).filter_by(fair_id=fair.id))
    db.session.add_all(KindApproval(fair_id=fair.id, kind=kind) for kind in kinds)
    db.session.flush()
    audit.record("kinds.approval_chosen", fair, by=by, kinds=kinds)
