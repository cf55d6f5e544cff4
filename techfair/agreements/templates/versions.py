"""Versions of templates: a change is a new version, and agreements keep the one they were drafted from."""

from sqlalchemy import func, select

from techfair.accounts.models import User
from techfair.agreements import kinds
from techfair.agreements.kinds import KINDS
from techfair.agreements.templates.models import AgreementTemplate
from techfair.core import audit
from techfair.core.database import insert_new
from techfair.core.errors import ChangedMeanwhile
from techfair.extensions import db
from techfair.fairs.models import Fair


def newest(fair: Fair, kind: str) -> AgreementTemplate | None:
    """The fair's own newest template of a kind, if its organizers have one."""
    own = select(AgreementTemplate).filter_by(fair_id=fair.id, kind=kind).order_by(AgreementTemplate.version.desc())
    return db.session.scalars(own.limit(1)).first()


def current(fair: Fair, kind: str) -> AgreementTemplate:
    """The template that a new draft begins from; the standard one, as version 0, where the fair has none."""
    return newest(fair, kind) or AgreementTemplate(
        kind=kind,
        version=0,
        title_vi=kinds.title(kind, "vi"),
        title_en=kinds.title(kind, "en"),
        clauses=kinds.standard_clauses(kind),
    )


def all_current(fair: Fair) -> list[AgreementTemplate]:
    """The template of every kind, in the order of kinds."""
    last = select(AgreementTemplate.kind, func.max(AgreementTemplate.version).label("version"))
    last_of_kind = last.where(AgreementTemplate.fair_id == fair.id).group_by(AgreementTemplate.kind).subquery()
    same = (AgreementTemplate.kind == last_of_kind.c.kind) & (AgreementTemplate.version == last_of_kind.c.version)
    own = select(AgreementTemplate).join(last_of_kind, same).where(AgreementTemplate.fair_id == fair.id)
    found = {one.kind: one for one in db.session.scalars(own)}
    return [
        found.get(kind)
        or AgreementTemplate(kind=kind, version=0, title_vi=kinds.title(kind, "vi"), title_en=kinds.title(kind, "en"))
        for kind in KINDS
    ]


def save(fair: Fair, changed: AgreementTemplate, *, after: int, by: User) -> int:
    """Keep a changed template as the version after ``after``; raises ChangedMeanwhile where another has that number."""
    row = {
        "fair_id": fair.id,
        "kind": changed.kind,
        "version": after + 1,
        "title_vi": changed.title_vi,
        "title_en": changed.title_en,
        "clauses": changed.clauses,
    }
    if not (made := insert_new(AgreementTemplate, [row], returning=AgreementTemplate.id)):
        raise ChangedMeanwhile
    template = db.session.get_one(AgreementTemplate, made[0])
    audit.record("agreement_template.saved", template, by=by, kind=changed.kind, version=after + 1)
    return after + 1
