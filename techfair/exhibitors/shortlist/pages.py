"""The pages of comparing and saving: public, without an account and without a script."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts.models import User
from techfair.core import access
from techfair.exhibitors.record_models import Need, Technology
from techfair.exhibitors.shortlist import comparison, saving
from techfair.extensions import db, limiter

bp = access.public_blueprint(Blueprint("shortlist", __name__))
KINDS: dict[str, type[Technology | Need]] = {"technologies": Technology, "needs": Need}
FOLDERS = '<any("technologies", "needs"):folder>'


@bp.get(f"/compare/{FOLDERS}")
def compare(folder: str) -> ResponseReturnValue:
    """Up to four records side by side; the address names them, so it can be handed on."""
    asked = list(dict.fromkeys(request.args.getlist("ref")))
    refs = asked[: comparison.MOST]
    records = comparison.public(KINDS[folder], refs=refs) if refs else []
    return render_template(
        "shortlist/compare.html",
        folder=folder,
        records=records,
        lines=comparison.lines(records),
        left_out=len(asked) - len(refs),
        missing=len(refs) - len(records),
        most=comparison.MOST,
    )


@bp.get("/saved")
def saved() -> ResponseReturnValue:
    """The reader's own list, as far as it is public still."""
    mine = saving.of_reader(_user())
    context: dict[str, Any] = {}
    for folder, model in KINDS.items():
        ids = [id for kind, id in mine if kind == model.__tablename__]
        context[folder] = comparison.public(model, ids=ids) if ids else []
    return render_template("shortlist/saved.html", most=comparison.MOST, is_known=_user() is not None, **context)


@bp.post(f"/saved/{FOLDERS}")
@limiter.limit("300 per hour")
def save(folder: str) -> ResponseReturnValue:
    """Save the records of the form, and show the list."""
    refs = request.form.getlist("ref")[: saving.MOST]
    records = (comparison.public(KINDS[folder], refs=refs) if refs else []) or abort(404)
    saving.add(_user(), [(one.__tablename__, one.id) for one in records])
    flash(_("Saved to your list."), "good")
    db.session.commit()
    return redirect(url_for(".saved"), 303)


@bp.post(f"/saved/{FOLDERS}/<int:id>/drop")
def drop(folder: str, id: int) -> ResponseReturnValue:
    """Take one off the list."""
    saving.drop(_user(), KINDS[folder].__tablename__, id)
    flash(_("Taken off your list."), "info")
    db.session.commit()
    return redirect(url_for(".saved"), 303)


def _user() -> User | None:
    return current_user._get_current_object() if current_user.is_authenticated else None
