"""The organizer's pages of the timetable: runs, the draft's differences, publishing, locks and troubles."""

from collections import Counter
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from techfair.core import access, clock, jobs
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants, queries, slots
from techfair.meetings.console import bp, fair_of
from techfair.meetings.models import Meeting, Participant
from techfair.meetings.rooms import feeding as rooms
from techfair.meetings.timetable import drafts, locking, publishing, running, showing, trouble
from techfair.meetings.timetable.words import KINDS, TONES, WAYS


@bp.get("/plan")
def plan(slug: str) -> ResponseReturnValue:
    """The draft beside what is in force: what publishing it would change."""
    return plan_page(fair_of(slug))


def plan_page(fair: Fair, faults: list[str] | None = None) -> str:
    """The page of the plan; ``faults`` say why nothing can be planned as it is locked."""
    draft, last, job = drafts.open_draft(fair), drafts.published(fair), queries.last_scheduling(fair)
    changes = drafts.differences(fair, draft) if draft else []
    counts: Counter[str] = Counter(one.kind for one in changes)
    kind = request.args.get("kind") or next((key for key in KINDS if counts[key]), "unchanged")
    mine = [one for one in changes if one.kind == kind]
    return render_template(
        "timetable/plan.html",
        draft=draft,
        last=last,
        job=job,
        run=running.of(job),
        reached=showing.reached,
        faults=faults,
        kind=kind,
        counts=counts,
        rows=showing.Page.of(fair, mine, request.args.get("page", 1, int)) if draft else None,
        fresh=drafts.agreed_since(fair, draft) if draft else queries.meeting_counts(fair).get("agreed", 0),
        people=showing.who_meets(fair),
        coming=slots.ahead(fair),
        days=sorted({clock.local_day(slot.starts_at, fair.timezone) for slot in slots.ahead(fair)}),
        tables=slots.tables(fair),
        closed=trouble.closed_tables(fair),
        rooms=rooms.of_fair(fair),
        locked=locking.count(fair),
        is_ready=slots.is_ready(fair),
        name_of=participants.name_of,
        ways=WAYS,
        usual="repair" if last else "anew",
        kinds=KINDS,
        tones=TONES,
    )


@bp.post("/schedule")
def schedule(slug: str) -> ResponseReturnValue:
    """Look for a timetable in the background; it becomes a draft and changes nothing."""
    fair = fair_of(slug)
    way: Any = request.form.get("way", "rest")
    if way not in WAYS:
        abort(404)
    try:
        running.begin(fair, way, current_user)
    except running.NotReady as refusal:
        db.session.rollback()
        flash(refusal.message, "warn")
        return redirect(url_for(".times", slug=slug), 303)
    except running.Impossible as refusal:
        db.session.rollback()
        return plan_page(fair_of(slug), faults=refusal.faults), refusal.status
    db.session.commit()
    return redirect(url_for(".plan", slug=slug), 303)


@bp.get("/schedule")
def scheduling(slug: str) -> ResponseReturnValue:
    """How far the newest run is: what its page asks for again and again."""
    job = queries.last_scheduling(fair_of(slug))
    return render_template("timetable/_run.html", job=job, run=running.of(job), reached=showing.reached)


@bp.post("/schedule/stop")
def stop(slug: str) -> ResponseReturnValue:
    """End a run that takes long; the best timetable it has found so far becomes the draft."""
    if job := queries.last_scheduling(fair_of(slug)):
        jobs.stop(job)
    db.session.commit()
    return redirect(url_for(".plan", slug=slug), 303)


@bp.post("/plan/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Put the draft in force as it was shown; everyone concerned is told."""
    fair = fair_of(slug)
    try:
        counts = publishing.publish(fair, _number("draft"), _number("edition"), current_user)
    except TechfairError as refusal:
        db.session.rollback()
        flash(refusal.message, "bad")
        return redirect(url_for(".plan", slug=slug), 303)
    told = sum(counts.values())
    shown = ngettext(
        "The timetable is published. The people of %(num)d meeting are told.",
        "The timetable is published. The people of %(num)d meetings are told.",
        told,
    )
    return _done(slug, shown)


@bp.post("/plan/discard")
def discard(slug: str) -> ResponseReturnValue:
    """Throw the draft away; what is in force stays."""
    try:
        drafts.discard(fair_of(slug), _number("draft"), current_user)
    except drafts.NoDraft as refusal:
        db.session.rollback()
        flash(refusal.message, "bad")
        return redirect(url_for(".plan", slug=slug), 303)
    return _done(slug, _("The draft is thrown away. What is in force stays."))


@bp.post("/plan/locks")
def lock(slug: str) -> ResponseReturnValue:
    """Lock or unlock one meeting, everything of a participant, or a day."""
    fair, is_locked = fair_of(slug), request.form.get("locked") == "1"
    if day := request.form.get("day"):
        try:
            count = locking.lock_day(fair, date.fromisoformat(day), is_locked, current_user)
        except ValueError:
            abort(404)
    elif request.form.get("participant"):
        count = locking.lock_participant(fair, _participant(fair).id, is_locked, current_user)
    else:
        meeting = access.fetch(Meeting, _number("meeting"), to="manage", fair_id=fair.id)
        count = locking.lock_meeting(fair, meeting.id, is_locked, current_user)
    locked = ngettext("%(num)d meeting is locked.", "%(num)d meetings are locked.", count)
    unlocked = ngettext("%(num)d meeting is unlocked.", "%(num)d meetings are unlocked.", count)
    return _done(slug, locked if is_locked else unlocked)


@bp.post("/plan/tables")
def close_tables(slug: str) -> ResponseReturnValue:
    """Say which tables cannot be used any more."""
    fair = fair_of(slug)
    closed = {int(id) for id in request.form.getlist("closed") if id.isdecimal()}
    trouble.close_tables(fair, closed, current_user)
    return _done(slug, _("Noted. A repair now finds other places for the meetings there."))


@bp.post("/plan/absence")
def absence(slug: str) -> ResponseReturnValue:
    """Say that a participant cannot from one time to another."""
    fair = fair_of(slug)
    try:
        trouble.absent(_participant(fair), fair, _number("first"), _number("last"), current_user)
    except trouble.WrongWayRound as refusal:
        db.session.rollback()
        flash(refusal.message, "bad")
        return redirect(url_for(".plan", slug=slug), 303)
    return _done(slug, _("Noted. A repair now finds other times for these meetings."))


def _participant(fair: Fair) -> Participant:
    return access.fetch(Participant, _number("participant"), to="manage", fair_id=fair.id)


def _number(name: str) -> int:
    """A whole number that a button of the page sends along."""
    value = request.form.get(name, "")
    return int(value) if value.isdecimal() else 0


def _done(slug: str, message: str) -> ResponseReturnValue:
    flash(message, "good")
    answer = redirect(url_for(".plan", slug=slug), 303)
    db.session.commit()
    return answer
