"""Reads that the pages of agreements share."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.agreements import documents
from techfair.agreements.counting import SIGNED
from techfair.agreements.kinds import INVESTMENT_KINDS, TRANSFER_KINDS
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.permissions import managed_by
from techfair.core.audit import AuditEntry
from techfair.exhibitors.models import CompanyMember, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection, Meeting, MeetingParty, MeetingRequest, Participant

REGISTERS = {"agreements": TRANSFER_KINDS, "investments": INVESTMENT_KINDS, "ndas": ("nda",)}


@dataclass(frozen=True)
class Register:
    """One of the registers of a fair; their values are never added up."""

    key: str
    agreements: Sequence[Agreement]

    @property
    def signed(self) -> list[Agreement]:
        """What counts: an amendment or termination is no deal of its own."""
        return [one for one in self.agreements if one.state in SIGNED and one.change is None]

    @property
    def value_vnd(self) -> int:
        return sum(agreement.value_vnd or 0 for agreement in self.signed if not agreement.is_confidential)


def registers(fair: Fair) -> dict[str, Register]:
    """All agreements of a fair in their registers, newest first."""
    statement = (
        select(Agreement)
        .filter_by(fair_id=fair.id)
        .options(selectinload(Agreement.parties), joinedload(Agreement.change))
    )
    found = db.session.scalars(statement.order_by(Agreement.id.desc())).all()
    return {key: Register(key, [one for one in found if one.kind in kinds]) for key, kinds in REGISTERS.items()}


def of_manager(user_id: int) -> Sequence[Agreement]:
    """Agreements to which a company of this manager is a party, newest first."""
    mine = select(Agreement).where(Agreement.id.in_(managed_by(user_id))).options(*documents.WHOLE)
    return db.session.scalars(mine.order_by(Agreement.id.desc())).unique().all()


def exhibitor_of_manager(user_id: int) -> Exhibitor | None:
    """The newest part in a fair of a company of this manager: where a draft without a meeting belongs."""
    member = and_(CompanyMember.company_id == Exhibitor.company_id, CompanyMember.role == "manager")
    mine = select(Exhibitor).join(CompanyMember, member).where(CompanyMember.user_id == user_id, Exhibitor.is_active)
    options = (joinedload(Exhibitor.fair), joinedload(Exhibitor.company))
    return db.session.scalars(mine.options(*options).order_by(Exhibitor.id.desc()).limit(1)).first()


def manages_one_of(user_id: int, company_ids: Sequence[int | None]) -> bool:
    """Whether a person is manager of one of these companies."""
    mine = select(CompanyMember.id).filter_by(user_id=user_id, role="manager")
    return db.session.scalar(mine.where(CompanyMember.company_id.in_(company_ids)).limit(1)) is not None


def meeting_with_parties(id: int) -> Meeting:
    """A meeting with everything that a draft takes from it."""
    participant = selectinload(Meeting.parties).joinedload(MeetingParty.participant)
    options = (
        joinedload(Meeting.fair),
        joinedload(Meeting.request).joinedload(MeetingRequest.technology),
        participant.joinedload(Participant.exhibitor).joinedload(Exhibitor.company),
        participant.joinedload(Participant.registration),
    )
    return db.session.scalars(select(Meeting).filter_by(id=id).options(*options)).unique().one()


def connection_with_companies(id: int) -> Connection:
    """A connection with everything that a draft takes from it."""
    options = (joinedload(Connection.fair), joinedload(Connection.first), joinedload(Connection.second))
    return db.session.scalars(select(Connection).filter_by(id=id).options(*options)).unique().one()


def technologies_to_choose(company_ids: Sequence[int], chosen: Sequence[int]) -> Sequence[Technology]:
    """Published technologies of these companies, and those chosen already, by title."""
    theirs = Technology.company_id.in_(company_ids) & (Technology.state == "published")
    those = select(Technology).where(or_(theirs, Technology.id.in_(chosen)))
    return db.session.scalars(those.order_by(Technology.search_key, Technology.id)).all()


def by_code(code: str) -> Agreement | None:
    """The agreement that anyone may verify by its code, once its text is settled."""
    found = select(Agreement).filter_by(code=code).where(Agreement.frozen_digest.is_not(None))
    return db.session.scalars(found.options(*documents.WHOLE)).unique().one_or_none()


def signature(id: int) -> Signature | None:
    """A signature by the id in its link; its party comes with ``documents.load``."""
    return db.session.get(Signature, id)


def bound(fair: Fair) -> Select[Agreement]:
    """The agreements of a fair that all have signed and whose document is sealed, by number."""
    sealed = select(Agreement).where(Agreement.fair_id == fair.id, Agreement.completed_at.is_not(None))
    return sealed.order_by(Agreement.number, Agreement.id)


def ready(fair_id: int) -> list[tuple[int, bool]]:
    """What is settled and sealed all at once: ids of decisions still drafts (true), and of what all have signed."""
    is_draft = (Agreement.state == "draft") & (Agreement.kind == "investment_decision")
    waiting = select(Agreement.id, is_draft).where(
        Agreement.fair_id == fair_id, is_draft | (Agreement.state == "sealing")
    )
    return [(id, bool(flag)) for id, flag in db.session.execute(waiting.order_by(Agreement.id))]


def history(agreement: Agreement) -> Sequence[AuditEntry]:
    """What happened to an agreement and its signatures, newest first."""
    signatures = [str(signature.id) for party in agreement.parties for signature in party.signatures]
    of_agreement = and_(AuditEntry.object_type == "agreement", AuditEntry.object_id == str(agreement.id))
    of_signatures = and_(AuditEntry.object_type == "signature", AuditEntry.object_id.in_(signatures))
    entries = select(AuditEntry).where(or_(of_agreement, of_signatures))
    return db.session.scalars(entries.order_by(AuditEntry.id.desc())).all()
