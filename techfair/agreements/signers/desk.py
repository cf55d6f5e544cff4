"""The pages on which a party or an organizer says who signs, in which order and by when."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.agreements import kinds
from techfair.agreements.desk import Desk
from techfair.agreements.signers import planning
from techfair.agreements.signers.forms import ExtensionForm, PlanForm
from techfair.core import access
from techfair.extensions import db


def add_pages(desk: Desk, *, may_extend: bool) -> None:
    """Add the page of signers to a desk, and for organizers the deed that moves the last day."""

    def signers(**where: Any) -> ResponseReturnValue:
        """Who is asked, as what, in which order, until when."""
        agreement = desk.fetch(to="end", **where)
        agreement.require_open()
        form = PlanForm(agreement)
        if form.validate_on_submit():
            planning.plan(agreement, form.ranks, form.persons(), form.sign_by_on.data, by=access.current_actor())
            db.session.commit()
            flash(_("Saved."), "good")
            return redirect(url_for(".show", **where), 303)
        page = render_template("agreements/signers.html", form=form, agreement=agreement, kinds=kinds, here=where)
        return page, 422 if form.errors else 200

    def extend(**where: Any) -> ResponseReturnValue:
        """Give the signers until another day."""
        agreement = desk.fetch(to="end", **where)
        form = ExtensionForm(agreement)
        if form.validate_on_submit():
            planning.move_deadline(agreement, form.sign_by_on.data, by=access.current_actor())
            db.session.commit()
            flash(_("The new last day stands. Whoever is waited for has received the link again."), "good")
        for problem in form.sign_by_on.errors:
            flash(str(problem), "bad")
        return redirect(url_for(".show", **where), 303)

    desk.blueprint.add_url_rule("/<int:id>/signers", "signers", signers, methods=["GET", "POST"])
    if may_extend:
        desk.blueprint.add_url_rule("/<int:id>/deadline", "extend", extend, methods=["POST"])
