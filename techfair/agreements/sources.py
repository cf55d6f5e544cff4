"""What a new draft takes from a meeting or an exhibitor, so that nobody types it twice."""

from dataclasses import dataclass, field
from typing import Any

from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection, Meeting, Participant
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
    present = sorted((one.participant for one in meeting.parties), key=lambda one: one.exhibitor is None)
    return Source(
        fair=meeting.fair,
        parties=[_party(participant) for participant in present],
        shown={"place": meeting.fair.place_vi, **_about(technology)},
        kept={"meeting_id": meeting.id},
    )


def from_connection(connection: Connection) -> Source:
    """Parties, subject and sector of a connection that both sides have confirmed."""
    about = {"subject_vi": connection.subject_vi, "subject_en": connection.subject_en}
    technologies = [connection.technology_id] if connection.technology_id else []
    return Source(
        fair=connection.fair,
        parties=[of_company(connection.first), of_company(connection.second)],
        shown={"place": connection.fair.place_vi, "technology_ids": technologies, **about},
        kept={
            "connection_id": connection.id,
            "meeting_id": connection.meeting_id,
            "sector": connection.sector,
            "partner_country": connection.partner_country,
        },
    )


def from_authority(fair: Fair) -> Source:
    """An authority's own side, typed by the organizers; the investor is chosen or typed."""
    return Source(fair, [{}, {}], {"place": fair.place_vi})


def _about(technology: Technology | None) -> dict[str, Any]:
    if technology is None:
        return {}
    about = {"subject_vi": technology.title_vi, "subject_en": technology.title_en}
    return about | {"technology_ids": [technology.id]}


def from_exhibitor(exhibitor: Exhibitor) -> Source:
    """The exhibitor's own side; the other is typed."""
    return Source(exhibitor.fair, [of_company(exhibitor.company), {}], {"place": exhibitor.fair.place_vi})


def _party(participant: Participant) -> dict[str, Any]:
    if participant.exhibitor is not None:
        return of_company(participant.exhibitor.company)
    return _person(participant.registration) if participant.registration is not None else {}


def of_company(company: Company) -> dict[str, Any]:
    """The legal data of a company, as its profile has them."""
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
