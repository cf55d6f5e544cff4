"""The exhibitor's own technologies and needs: list, write, publish, take out."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.core import access
from techfair.core.errors import ChangedMeanwhile
from techfair.exhibitors import comparing, front, needs, queries, technologies
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.drafts import names, restoring
from techfair.exhibitors.models import Company
from techfair.exhibitors.own import bp, current_company, me, place, show_fair_of
from techfair.exhibitors.pictures import deeds as pictures
from techfair.exhibitors.pictures import sizes
from techfair.exhibitors.record_forms import NeedForm, RecordForm, TechnologyForm
from techfair.exhibitors.record_models import Need, Technology
from techfair.exhibitors.records import Record
from techfair.exhibitors.restricted import deciding
from techfair.extensions import db


@dataclass(frozen=True)
class Kind:
    """What differs between technologies and needs on the same pages."""

    model: type[Any]
    form: type[RecordForm]
    deeds: ModuleType
    folder: str


KINDS = {
    "technologies": Kind(Technology, TechnologyForm, technologies, "technologies"),
    "needs": Kind(Need, NeedForm, needs, "needs"),
}
ADDRESS = '/<any("technologies", "needs"):folder>'

front.own_entry("technologies", _l("Technologies"), "lightbulb", "exhibitor_own.technologies", order=30)
front.own_entry("needs", _l("Technology needs"), "search", "exhibitor_own.needs", order=40)


def records_place(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The place in the rail follows the folder of the address."""

    def shown(folder: str, **kwargs: Any) -> ResponseReturnValue:
        return place(folder)(view)(KINDS[folder], **kwargs)

    shown.__name__, shown.__doc__ = view.__name__, view.__doc__
    return shown


@bp.get("/technologies", endpoint="technologies", defaults={"folder": "technologies"})
@bp.get("/needs", endpoint="needs", defaults={"folder": "needs"})
@records_place
def records(kind: Kind) -> ResponseReturnValue:
    """All of a company's technologies or needs with their states."""
    company = current_company()
    if company is None:
        return render_template("exhibitors/own_empty.html")
    show_fair_of(company)
    mine = queries.records_of(kind.model, company.id)
    return render_template(f"exhibitors/own_{kind.folder}.html", company=company, records=mine)


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@records_place
def new_record(kind: Kind) -> ResponseReturnValue:
    """Write a technology or a need; kept as a draft or published at once."""
    company = current_company("edit")
    if company is None:
        abort(404)
    show_fair_of(company)
    form = kind.form(publishing=_is_publishing())
    name = names.new_record(kind.folder, company)
    draft = restoring.restore(form, name, url_for(".new_record_draft", folder=kind.folder))
    if not form.validate_on_submit():
        return _form_page(kind, form, company, None, draft=draft), 422 if form.errors else 200
    record = kind.deeds.create(company, me(), form.sectors.data or [], **form.values())
    first = form.picture_digest.data if isinstance(form, TechnologyForm) else None
    if first and (stored := sizes.of_stored(first)):
        pictures.add(record, me(), **stored)
    restoring.forget(name)
    return _saved(kind, record)


@bp.route(f"{ADDRESS}/<ref>", methods=["GET", "POST"])
@records_place
def edit_record(kind: Kind, ref: str) -> ResponseReturnValue:
    """Change a technology or a need; of two who save at once the second sees both versions."""
    record = _fetch(kind, ref)
    company = db.session.get_one(Company, record.company_id)
    show_fair_of(company)
    form = kind.form(record, publishing=_is_publishing() or record.state == "published")
    name = names.record(kind.folder, ref)
    draft = restoring.restore(form, name, url_for(".record_draft", folder=kind.folder, ref=ref))
    if not form.validate_on_submit():
        return _form_page(kind, form, company, record, draft=draft), 422 if form.errors else 200
    try:
        kind.deeds.change(record, me(), form.version.data, form.sectors.data or [], **form.values())
    except ChangedMeanwhile:
        db.session.rollback()
        form.version.data = record.version
        differences = comparing.differences(form, form.values_of(record))
        return _form_page(kind, form, company, record, differences=differences, draft=draft), 409
    restoring.forget(name)
    return _saved(kind, record)


def _saved(kind: Kind, record: Record) -> ResponseReturnValue:
    if _is_publishing() and record.state != "published":
        kind.deeds.publish(record, me())
        flash(_("Published: everyone can find it from now on."), "good")
    else:
        flash(_("Saved."), "good")
    if kind.folder == "technologies" and deciding.of_record(parts.whole(record)):
        flash(_("Law may restrict the transfer of this technology: its form says why, beside the field."), "warn")
    db.session.commit()
    return redirect(url_for(f".{kind.folder}"), 303)


@bp.post(f"{ADDRESS}/<ref>/archive")
@records_place
def archive_record(kind: Kind, ref: str) -> ResponseReturnValue:
    """Take it out of the catalogue; it stays here and can be published again."""
    kind.deeds.archive(_fetch(kind, ref), me())
    flash(_("Taken out of the catalogue."), "info")
    db.session.commit()
    return redirect(url_for(f".{kind.folder}"), 303)


def _fetch(kind: Kind, ref: str) -> Any:
    return access.fetch(kind.model, public_ref=ref, to="edit")


def _is_publishing() -> bool:
    return request.form.get("deed") == "publish"


def _form_page(kind: Kind, form: RecordForm, company: Company, record: Record | None, **context: Any) -> str:
    template = f"exhibitors/own_{kind.folder}_form.html"
    context |= {"kept": parts.names_of(record), "warned": _warned(kind, form)}
    return render_template(template, form=form, company=company, record=record, **context)


def _warned(kind: Kind, form: RecordForm) -> dict[str, Any]:
    """What a technology's form says that law may restrict, by field."""
    return deciding.of_fields(form.data) if kind.folder == "technologies" else {}
