"""The organizer's page on which the look of the badges is chosen, kind by kind, with a picture of each."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import ColorField, FieldList, FormField, HiddenField, SelectField
from wtforms.form import Form
from wtforms.validators import ValidationError

from techfair.core import access
from techfair.core.fields import choices_of
from techfair.core.languages import language
from techfair.extensions import db
from techfair.fairs import brand
from techfair.visitors import designs, printing
from techfair.visitors.designs import Look
from techfair.visitors.models import DESIGNS, KINDS
from techfair.visitors.place import fair_of
from techfair.visitors.words import DESIGN_WORDS, KIND_WORDS

PLACE = "/organizer/fairs/<slug>/visitors/print/designs"
bp = access.signed_in(Blueprint("design_console", __name__, url_prefix=PLACE))


class KindForm(Form):
    """The look of one kind."""

    kind = HiddenField()
    design = SelectField(_l("Design"), choices=choices_of(DESIGN_WORDS.items()))
    colour = ColorField(_l("Colour"))

    def validate_colour(self, field: ColorField) -> None:
        if not brand.is_colour(field.data or ""):
            raise ValidationError(_l("Choose a colour."))


class DesignsForm(FlaskForm):
    looks = FieldList(FormField(KindForm))

    def wanted(self) -> dict[str, Look]:
        """What was chosen, once it is valid."""
        rows: list[dict[str, Any]] = self.looks.data
        return {row["kind"]: Look(row["design"], row["colour"].lower()) for row in rows if row["kind"] in KINDS}


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Choose design and colour of each kind."""
    fair = fair_of(slug)
    now = designs.looks(fair)
    shown = [{"kind": kind, "design": look.design, "colour": look.colour} for kind, look in now.items()]
    form = DesignsForm(data={"looks": shown})
    if form.validate_on_submit():
        designs.choose(fair, now | form.wanted(), current_user)
        flash(_("The badges look so from now on."), "good")
        answer = redirect(url_for(".index", slug=slug), 303)
        db.session.commit()
        return answer
    page = render_template("visitors/designs.html", form=form, looks=now, kind_words=KIND_WORDS)
    return page, 422 if form.errors else 200


@bp.get("/<kind>.png")
def preview(slug: str, kind: str) -> ResponseReturnValue:
    """A badge of a kind as it is printed; ``design`` and ``colour`` show what is not kept yet."""
    fair = fair_of(slug)
    if kind not in KINDS:
        abort(404)
    now = designs.looks(fair)[kind]
    design, colour = request.args.get("design", now.design), request.args.get("colour", now.colour)
    look = Look(design if design in DESIGNS else now.design, colour if brand.is_colour(colour) else now.colour)
    answer = Response(printing.sample(fair, kind, look, language()), mimetype="image/png")
    answer.cache_control.private, answer.cache_control.max_age = True, 3600
    return answer
