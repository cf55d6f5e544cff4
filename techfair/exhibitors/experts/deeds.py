"""Naming an expert or an innovative firm, asking them, and what they answer. What is public is what they agreed to."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.core import access, audit, clock, links, mail
from techfair.exhibitors import searching
from techfair.exhibitors.catalogue import keeping
from techfair.exhibitors.experts.models import Expert, ExpertSector, ExpertTechnology
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.permissions import of_exhibitor, role_at
from techfair.extensions import db
from techfair.fairs.models import Fair

PURPOSE, LINK_DAYS = "expert", 3650  # who agreed may withdraw for as long as the entry stands


@access.rule(Expert)
def of_expert(user: Any, expert: Expert, to: str) -> bool:
    """``read`` and ``edit`` as of its company; ``review`` for organizers of a fair at which the company exhibits."""
    role = role_at(user, expert.company_id)
    if role is not None:
        return to == "read" or (to == "edit" and role == "manager")
    there = select(Exhibitor).filter_by(company_id=expert.company_id)
    return to == "review" and any(of_exhibitor(user, one, "review") for one in db.session.scalars(there))


def save(
    expert: Expert | None,
    company: Company,
    by: User,
    sectors: Sequence[str],
    technologies: Sequence[int],
    **values: Any,
) -> Expert:
    """Make or change an entry and keep it as a draft: what was agreed to before is not this text."""
    if expert is None:
        expert = Expert(company_id=company.id, public_ref=searching.new_ref(values["name"]), **values)
        db.session.add(expert)
        action = "expert.named"
    else:
        if expert.state != "draft":
            expert.move_to("draft")
        for name, value in values.items():
            setattr(expert, name, value)
        action = "expert.changed"
    expert.sectors = [ExpertSector(sector=sector) for sector in sectors]
    expert.ties = [ExpertTechnology(technology_id=id) for id in technologies]
    expert.link_epoch = (expert.link_epoch or 0) + 1  # an older text can no longer be agreed to
    keeping.keep(expert)
    audit.record(action, expert, by=by, name=expert.name)
    return expert


def ask(expert: Expert, company: Company, by: User, fair: Fair | None) -> None:
    """Mail the one named the way to read the text, and to agree or decline."""
    expert.move_to("asked")
    told: dict[str, Any] = {"company": company, "expert": expert, "link": address(expert)}
    mail.queue("expert_asked", to=expert.email, name=expert.name, language=expert.language, fair=fair, **told)
    audit.record("expert.asked", expert, by=by, name=expert.name)


def agree(expert: Expert) -> None:
    """They agree: from now on the entry is public."""
    _answer(expert, "published")
    expert.published_at = clock.now()
    keeping.keep(expert)


def decline(expert: Expert) -> None:
    _answer(expert, "declined")


def withdraw(expert: Expert) -> None:
    """They take their consent back: the entry leaves the catalogue at once."""
    _answer(expert, "withdrawn")
    keeping.keep(expert)


def remove(expert: Expert, by: User) -> None:
    """Take the entry away for good."""
    expert.state = "draft"
    keeping.keep(expert)
    audit.record("expert.removed", expert, by=by, name=expert.name)
    db.session.delete(expert)


def address(expert: Expert) -> str:
    """The absolute address at which the one named decides about the entry, for mail to them alone."""
    token = links.sign(PURPOSE, [expert.id, expert.link_epoch])
    return f"{current_app.config['BASE_URL']}/experts/own/{token}"


def of_link(token: str) -> Expert:
    """The entry of a link; raises LinkExpired, or LinkBroken."""
    id, epoch = links.read(PURPOSE, token, days=LINK_DAYS)
    expert = db.session.scalars(select(Expert).filter_by(id=id, link_epoch=epoch)).one_or_none()
    if expert is None:
        raise links.LinkExpired
    return expert


def _answer(expert: Expert, state: str) -> None:
    expert.move_to(state)
    audit.record(f"expert.{state}", expert, by=expert.name)
