"""The organizer's page on which a registration is put right."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import SelectField

from techfair.core import access
from techfair.core.fields import Line, choices_of
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.correcting import deeds
from techfair.visitors.correcting.deeds import Correction
from techfair.visitors.kind_days import own as own_days
from techfair.visitors.kind_days.forms import OwnDays
from techfair.visitors.models import Registration
from techfair.visitors.place import fair_of
from techfair.visitors.words import KIND_WORDS

bp = access.signed_in(Blueprint("correction_console", __name__, url_prefix="/organizer/fairs/<slug>/visitors"))


class CorrectionForm(FlaskForm):
    """What stands on the badge, and when it opens gates."""

    full_name = Line(_l("Full name"), most=120, needed=_l("Type the name as it shall stand on the badge."))
    organisation = Line(_l("Organisation"), most=200)
    kind = SelectField(_l("Kind"), choices=choices_of(KIND_WORDS.items()))
    days = OwnDays()

    def __init__(self, fair: Fair, registration: Registration) -> None:
        super().__init__(obj=registration)
        self.days.offer(fair)

    def correction(self) -> Correction:
        """What was typed, once it is valid."""
        typed = {name: self[name].data or "" for name in ("full_name", "organisation", "kind")}
        return Correction(**typed, days=own_days.given(self.days.data))


@bp.route("/<int:id>/correct", methods=["GET", "POST"])
def correct(slug: str, id: int) -> ResponseReturnValue:
    """Put right name, organisation, kind and days of somebody who is still to come."""
    fair = fair_of(slug)
    registration = access.fetch(Registration, id, to="edit", fair_id=fair.id)
    if registration.state == "cancelled" or registration.erased_at:
        abort(404)
    form = CorrectionForm(fair, registration)
    if form.validate_on_submit():
        changed = deeds.correct(registration, form.correction(), current_user)
        if "kind" in changed:
            flash(
                _("Corrected. The kind stands in the badge’s code: a new badge is valid, the one before is not."),
                "good",
            )
        elif changed:
            flash(_("Corrected. The badge stays valid; print it again if the name on it was wrong."), "good")
        answer = redirect(url_for("visitor_console.show", slug=slug, id=id), 303)
        db.session.commit()
        return answer
    page = render_template("visitors/correct.html", form=form, registration=registration)
    return page, 422 if form.errors else 200
