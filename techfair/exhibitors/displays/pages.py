"""The page on which a company chooses what it shows at each of its fairs."""

import re
from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField

from techfair.core import access, pages
from techfair.core.fields import Ticks, choices_of
from techfair.exhibitors import queries as market
from techfair.exhibitors.displays import deeds, queries
from techfair.exhibitors.displays.models import KINDS
from techfair.exhibitors.displays.queries import Key
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.own import bp, current_company, me, place
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db

KEY = re.compile(r"(technology|need)-([1-9][0-9]{0,8})")


class DisplayForm(FlaskForm):
    """Ticks for each published record. ``before`` tells what was ticked when the page was made."""

    technologies = Ticks(_l("Technologies"), validate_choice=False)
    needs = Ticks(_l("Technology needs"), validate_choice=False)
    new = BooleanField(_l("Show what is published later too"))
    before = HiddenField()

    def ticked(self) -> set[Key]:
        return _keys([*(self.technologies.data or ()), *(self.needs.data or ())])


def _keys(typed: Sequence[str]) -> set[Key]:
    found = (KEY.fullmatch(one) for one in typed)
    return {(match[1], int(match[2])) for match in found if match}


@bp.get("/shown")
@place("technologies")
def shown_somewhere() -> ResponseReturnValue:
    """To the newest fair of the company, or a page that says that there is none yet."""
    company = current_company("edit") or abort(404)
    there = queries.exhibitors_of(company.id)
    if not there:
        return render_template("displays/none.html")
    return redirect(url_for(".shown", id=there[0].id), 303)


@bp.route("/shown/<int:id>", methods=["GET", "POST"])
@place("technologies")
def shown(id: int) -> ResponseReturnValue:
    """Which of the company's published records its visitors see at one fair."""
    exhibitor = access.fetch(Exhibitor, id, to="edit")
    there = queries.exhibitors_of(exhibitor.company_id)
    if exhibitor not in there:
        abort(404)
    pages.show(exhibitor.fair)
    mine = _published(exhibitor.company_id)
    form = DisplayForm()
    if exhibitor.fair.is_over:
        del form.new  # nothing is added by itself any more
    if form.validate_on_submit():
        _choose(exhibitor, form, {key for key, _title in mine})
        return redirect(url_for(".shown", id=id), 303)
    _fill(form, mine, queries.left_out(exhibitor))
    if form.new:
        form.new.data = queries.takes_new(exhibitor)
    return render_template("displays/own.html", form=form, exhibitor=exhibitor, exhibitors=there)


def _published(company_id: int) -> list[tuple[Key, str]]:
    models: tuple[type[Technology | Need], ...] = (Technology, Need)
    return [
        ((KINDS[model], record.id), record.title)
        for model in models
        for record in market.published_of(model, company_id)
    ]


def _fill(form: DisplayForm, mine: Sequence[tuple[Key, str]], out: set[Key]) -> None:
    for field, kind in ((form.technologies, "technology"), (form.needs, "need")):
        named = [(f"{kind}-{id}", title) for (one, id), title in mine if one == kind]
        field.choices = choices_of(named)
        field.data = [f"{one}-{id}" for (one, id), _title in mine if one == kind and (one, id) not in out]
    form.before.data = " ".join([*(form.technologies.data or ()), *(form.needs.data or ())])


def _choose(exhibitor: Exhibitor, form: DisplayForm, known: set[Key]) -> None:
    before, ticked = _keys((form.before.data or "").split()), form.ticked() & known
    new = bool(form.new.data) if form.new else queries.takes_new(exhibitor)
    deeds.choose(exhibitor, me(), show=ticked - before, leave_out=(before - ticked) & known, new=new)
    flash(_("Saved."), "good")
    db.session.commit()
