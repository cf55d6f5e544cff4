"""The organizer's pages of templates: which there are, changing one, seeing it in print."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.agreements import documents, kinds
from techfair.agreements.kinds import KINDS
from techfair.agreements.templates import fields, sample, versions
from techfair.agreements.templates.forms import TemplateForm
from techfair.agreements.templates.models import AgreementTemplate
from techfair.agreements.templates.words import EITHER_LANGUAGE, FIELDS
from techfair.core import access, pages
from techfair.core.errors import ChangedMeanwhile
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(
    Blueprint("agreement_templates", __name__, url_prefix="/organizer/fairs/<slug>/agreements/templates")
)


@bp.get("")
def listing(slug: str) -> str:
    """The template of every kind with its version."""
    fair = _fair(slug)
    return render_template("agreements/templates.html", templates=versions.all_current(fair), kinds=kinds)


@bp.route("/<kind>", methods=["GET", "POST"])
def edit(slug: str, kind: str) -> ResponseReturnValue:
    """Change a template: what is saved is a new version, for drafts from now on."""
    fair, template = _fair(slug), _template(slug, kind)
    form = TemplateForm(template)
    if request.form.get("more") == "clause":
        form.add_clause()
        return _page(form, kind)
    if not form.validate_on_submit():
        return _page(form, kind), 422 if form.errors else 200
    if "preview" in request.form:
        return _preview(fair, _typed(form, kind))
    try:
        version = versions.save(fair, _typed(form, kind), after=form.version.data, by=current_user)
    except ChangedMeanwhile:
        db.session.rollback()
        form.version.errors = [_("Somebody else changed this template meanwhile. Look at it, then decide again.")]
        return _page(form, kind), 409
    flash(_("Saved as version %(version)s. New drafts begin from it; others keep theirs.", version=version), "good")
    db.session.commit()
    return redirect(url_for(".listing", slug=slug), 303)


@bp.get("/<kind>/preview.pdf")
def preview(slug: str, kind: str) -> ResponseReturnValue:
    """The template as it stands, in print."""
    return _preview(_fair(slug), _template(slug, kind))


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="agreements")
    pages.show(fair)
    g.rail_key = "agreement_console"
    return fair


def _template(slug: str, kind: str) -> AgreementTemplate:
    if kind not in KINDS:
        abort(404)
    return versions.current(_fair(slug), kind)


def _typed(form: TemplateForm, kind: str) -> AgreementTemplate:
    titles = {"title_vi": form.title_vi.data, "title_en": form.title_en.data}
    return AgreementTemplate(kind=kind, version=0, clauses=form.values(), **titles)


def _preview(fair: Fair, template: AgreementTemplate) -> Response:
    response = Response(documents.render(sample.agreement(fair, template)), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{template.kind}.pdf")
    return response


def _page(form: TemplateForm, kind: str) -> str:
    return render_template(
        "agreements/template.html",
        form=form,
        kind=kind,
        label=kinds.KIND_LABELS[kind],
        fields=FIELDS,
        used=fields.used,
        either_language=EITHER_LANGUAGE,
    )
