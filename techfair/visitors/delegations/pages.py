"""A delegation's own pages, opened by the mailed link: its people are named here, one by one or from a list."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from techfair.core import access, pages
from techfair.core.files import FileMissing
from techfair.core.languages import language
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import XLSX
from techfair.extensions import db, limiter
from techfair.fairs.models import Fair
from techfair.visitors import badges, importing
from techfair.visitors.delegations import inviting, naming, queries
from techfair.visitors.delegations.forms import GroupForm, PersonForm
from techfair.visitors.import_console import ListForm, shown_list
from techfair.visitors.listing import COLUMN_WORDS, as_template
from techfair.visitors.models import Delegation, Registration
from techfair.visitors.words import KIND_BANDS, KIND_WORDS, SIGN_UP_STATES

bp = access.by_token(Blueprint("delegation", __name__, url_prefix="/delegation/<token>"))
group_bp = access.public_blueprint(Blueprint("group", __name__))
COLUMNS = {name: word for name, word in COLUMN_WORDS.items() if name != "kind"}


class PeopleForm(ListForm):
    """A list of a delegation: a name is enough, for the contact person is known."""

    needs_contact = False


@group_bp.route("/fairs/<slug>/register/group", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
def begin(slug: str) -> ResponseReturnValue:
    """Register a group: say who it is, then name its people."""
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    if not fair.takes_registrations:
        return render_template("visitors/closed.html"), 200
    form = GroupForm()
    if form.validate_on_submit():
        group = inviting.begin_own(fair, form.group(), str(form.form_token.data)[:64], language())
        answer = redirect(inviting.path(group), 303)
        db.session.commit()
        return answer
    return render_template("delegations/group.html", form=form), 422 if form.errors else 200


def _mine(token: str) -> tuple[Fair, Delegation]:
    delegation = inviting.of_link(token)
    fair = db.session.get_one(Fair, delegation.fair_id)
    pages.show(fair)
    return fair, delegation


@bp.route("", methods=["GET", "POST"])
@limiter.limit("600 per hour", methods=["POST"])
def page(token: str) -> ResponseReturnValue:
    """Who is named and who has arrived; one more person."""
    fair, delegation = _mine(token)
    form = PersonForm()
    people = queries.people_of(delegation)
    if form.validate_on_submit() and _has_room(form, people, 1):
        person = naming.name_one(delegation, fair, **form.values())
        flash(_("%(name)s is named and has a badge.", name=person.full_name), "good")
        answer = redirect(url_for(".page", token=token), 303)
        db.session.commit()
        return answer
    shown = _shown_people(people) | {"list_form": PeopleForm(formdata=None)}
    page = render_template("delegations/page.html", form=form, delegation=delegation, token=token, **shown)
    return page, 422 if form.errors else 200


def _shown_people(people: list[Registration]) -> dict[str, Any]:
    seats = {"seats": queries.seats_of(people), "seat_words": SIGN_UP_STATES}
    return {"people": people, "arrived": queries.arrived(people)} | seats


def _has_room(form: PersonForm, people: list[Registration], more: int) -> bool:
    if len(people) + more <= naming.MOST:
        return True
    form.full_name.errors = [_("A delegation has at most %(most)s people.", most=naming.MOST)]
    return False


@bp.post("/off/<int:id>")
def take_off(token: str, id: int) -> ResponseReturnValue:
    """Take a person off the list: the badge ends."""
    _fair, delegation = _mine(token)
    mine = select(Registration).filter_by(id=id, delegation_id=delegation.id, state="confirmed")
    person = db.session.scalars(mine).one_or_none() or abort(404)
    naming.take_off(delegation, person)
    flash(_("%(name)s is off the list.", name=person.full_name), "good")
    answer = redirect(url_for(".page", token=token), 303)
    db.session.commit()
    return answer


@bp.get("/list.xlsx")
def empty_list(token: str) -> ResponseReturnValue:
    """An empty list to fill in."""
    _mine(token)
    return pages.download(as_template(COLUMNS), XLSX, f"{_('list')}.xlsx")


@bp.post("/lists")
def send_list(token: str) -> ResponseReturnValue:
    """Send a list of people; what it holds is shown before anything is stored."""
    _fair, delegation = _mine(token)
    form = PeopleForm()
    if form.validate_on_submit():
        file = current_app.extensions["files"].put(form.data_read)
        return redirect(url_for(".preview", token=token, file=file), 303)
    people = queries.people_of(delegation)
    shown = _shown_people(people) | {"form": PersonForm(formdata=None)}
    return render_template("delegations/page.html", list_form=form, delegation=delegation, token=token, **shown), 422


@bp.route("/lists/<file>", methods=["GET", "POST"])
def preview(token: str, file: str) -> ResponseReturnValue:
    """What the list holds, bad rows first; import all good rows or those ticked."""
    fair, delegation = _mine(token)
    try:
        people = importing.open_list(fair, file, needs_contact=False)
    except (FileMissing, InputRefused):
        abort(404)
    problem = ""
    if request.method == "POST":
        rows = request.form.getlist("row", type=int) if request.form.get("which") == "ticked" else None
        wanted = importing.chosen(people, rows)
        if len(queries.people_of(delegation)) + len(wanted) > naming.MOST:
            problem = _("A delegation has at most %(most)s people.", most=naming.MOST)
        elif wanted:
            new = naming.name_all(delegation, fair, wanted)
            flash(_("%(number)s people are named and have badges.", number=new), "good")
            answer = redirect(url_for(".page", token=token), 303)
            db.session.commit()
            return answer
        else:
            problem = _("No row was chosen that can be imported. Tick at least one.")
    shown = shown_list(people) | {"columns": COLUMNS}
    page = render_template("delegations/preview.html", delegation=delegation, token=token, problem=problem, **shown)
    return page, 422 if problem else 200


@bp.get("/badges")
def all_badges(token: str) -> ResponseReturnValue:
    """All badges of the delegation on one page, to print or to hand round on a phone."""
    fair, delegation = _mine(token)
    held = [(person, person.badge) for person in queries.people_of(delegation) if person.badge]
    codes = {badge.id: badges.as_svg(badge, fair, _("The badge's code")) for _person, badge in held}
    words = {"kind_words": KIND_WORDS, "kind_bands": KIND_BANDS}
    return render_template("delegations/badges.html", held=held, codes=codes, token=token, **words)
