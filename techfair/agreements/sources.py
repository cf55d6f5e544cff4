"""What a new draft takes from a meeting or an exhibitor, so that nobody types it twice."""

from dataclasses import dataclass, field
from typing import Any

from techfair.exhibitors.models import Company, Exhibitor
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, Participant
from techfair.visitors.models import Registration


@dataclass(frozen=True)
class Source:
    """Where a draft comes from: its fair, what the form shows at first, and what no form may change."""

    fair: Fair
    parties: list[dict[str, Any]]  # two at least; each may have a company_id
    shown: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def company_ids(self) -> list[int | None]:
        return [party.get("company_id") for party in self.parties]


def from_meeting(meeting: Meeting) -> Source:
    """Parties, subject and place of a meeting; exhibitors come first."""
    technology = meeting.request.technology if meeting.request else None
    subject = {"subject_vi": technology.title_vi, "subject_en": technology.title_en} if technology else {}
    present = sorted((one.participant for one in meeting.parties), key=lambda one: one.exhibitor is None)
    return Source(
        fair=meeting.fair,
        parties=[_party(participant) for participant in present],
        shown={"place": meeting.fair.place_vi, **subject},
        kept={"meeting_id": meeting.id, "technology_id": technology.id if technology else None},
    )


def from_exhibitor(exhibitor: Exhibitor) -> Source:
    """The exhibitor's own side; the other is typed."""
    return Source(exhibitor.fair, [_company(exhibitor.company), {}], {"place": exhibitor.fair.place_vi})


def _party(participant: Participant) -> dict[str, Any]:
    if participant.exhibitor is not None:
        return _company(participant.exhibitor.company)
    return _person(participant.registration) if participant.registration is not None else {}


def _company(company: Company) -> dict[str, Any]:
    return {
        "company_id": company.id,
        "name_vi": company.name_vi,
        "name_en": company.name_en,
        "tax_code": company.tax_code or company.foreign_number or "",
        "address": company.address,
        "representative": company.contact_name,
        "representative_title": company.contact_title_vi,
        "email": company.contact_email,
        "language": company.language,
    }


def _person(registration: Registration) -> dict[str, Any]:
    return {
        "name_vi": registration.organisation or registration.full_name,
        "representative": registration.full_name,
        "email": registration.email or "",
        "language": registration.language,
    }
