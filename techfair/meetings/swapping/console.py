"""The organizer shows the draft to its people, and accepts or declines what they wish."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from techfair.core import access
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants, queries
from techfair.meetings.console import bp, fair_of
from techfair.meetings.models import Meeting
from techfair.meetings.swapping import wishing
from techfair.meetings.timetable import drafts


@bp.post("/plan/show")
def show_draft(slug: str) -> ResponseReturnValue:
    """Let participants look at the draft; they are told by mail."""
    number = request.form.get("draft", "")
    try:
        told = wishing.show(fair_of(slug), int(number) if number.isdecimal() else 0, current_user)
    except TechfairError as refusal:
        db.session.rollback()
        flash(refusal.message, "bad")
        return redirect(url_for(".plan", slug=slug), 303)
    flash(ngettext("%(num)d participant is asked to look.", "%(num)d participants are asked to look.", told), "good")
    db.session.commit()
    return redirect(url_for(".swaps", slug=slug), 303)


@bp.get("/swaps")
def swaps(slug: str) -> ResponseReturnValue:
    """What participants wish to have otherwise in the draft."""
    return _page(fair_of(slug))


@bp.post("/<int:id>/swaps/<int:participant_id>/<any(accept, decline):deed>")
def decide_swap(slug: str, id: int, participant_id: int, deed: str) -> ResponseReturnValue:
    """Accept a wish, if the time is free for all, or decline it with a reason."""
    fair = fair_of(slug)
    meeting = access.fetch(Meeting, id, to="manage", fair_id=fair.id, options=queries.WHOLE_MEETING)
    try:
        if deed == "accept":
            wishing.accept(fair, meeting, participant_id, current_user)
        else:
            wishing.decline(meeting, participant_id, request.form.get("reason", ""), current_user)
    except TechfairError as refusal:
        message, status = str(refusal.message), refusal.status
        db.session.rollback()
        return _page(fair_of(slug), refused=(id, participant_id), deed=deed, refusal=message), status
    moved = _("Moved in the draft. They see it on their page.")
    flash(moved if deed == "accept" else _("Declined. They read your reason on their page."), "good")
    db.session.commit()
    return redirect(url_for(".swaps", slug=slug), 303)


def _page(fair: Fair, **refused: object) -> str:
    return render_template(
        "meetings/swapping/wishes.html",
        draft=drafts.open_draft(fair),
        wishes=wishing.open_wishes(fair),
        name_of=participants.short_name_of,
        **refused,
    )
