"""The signing of the 22 documents on the stage, with its run of show."""

from datetime import UTC, datetime

from sqlalchemy.orm import selectinload

from techfair.agreements.ceremony import running
from techfair.agreements.ceremony.models import CeremonyItem, CeremonyPerson
from techfair.agreements.models import Agreement
from techfair.extensions import db
from techfair.fairs.models import Fair

STARTS_AT = datetime(2019, 11, 26, 8, 30, tzinfo=UTC)  # half past three in the afternoon at the fair
WITNESSES = ("Lãnh đạo Bộ Khoa học và Công nghệ", "Lãnh đạo tỉnh Gia Lai")


def stage(fair: Fair) -> None:
    """All documents in order, transfers first, each with its signers; witnesses sit behind."""
    ceremony = running.make(
        fair,
        by=None,
        starts_at=STARTS_AT,
        title_vi="Lễ ký kết và trao quyết định đầu tư",
        title_en="Signing and handing over of investment decisions",
        place_vi="Sân khấu chính",
        place_en="Main stage",
    )
    chosen = db.select(Agreement).filter_by(fair_id=fair.id).order_by(Agreement.number)
    agreements = db.session.scalars(chosen.options(selectinload(Agreement.parties))).all()
    running.add(ceremony, agreements, by=None)
    for item in db.session.scalars(db.select(CeremonyItem).filter_by(ceremony_id=ceremony.id)):
        for place, name in enumerate(WITNESSES, start=7):
            db.session.add(
                CeremonyPerson(item_id=item.id, place=place, name=name, part="witness", seat=f"V{place - 6}")
            )
    db.session.flush()
