"""Timetables and table signs on paper (PDF), in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from techfair.core import clock, formats, pdf
from techfair.core.languages import language
from techfair.core.vietnamese import reading_key
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.calendars import entries
from techfair.meetings.models import Meeting, Participant
from techfair.meetings.staff import coming


def timetable(fair: Fair, meetings: Sequence[Meeting], only: Participant | None = None) -> bytes:
    """The timetable of one participant, or of everyone, a page each, in the order of their names."""
    theirs: dict[int, list[Meeting]] = defaultdict(list)
    people: dict[int, Participant] = {only.id: only} if only else {}
    for meeting in meetings:
        for party in meeting.parties:
            if only is None or party.participant_id == only.id:
                people[party.participant_id] = party.participant
                theirs[party.participant_id].append(meeting)
    who = coming.lines(meetings)
    order = sorted(people.values(), key=lambda one: reading_key(participants.name_of(one)))
    data = _words(fair) | {
        "title": _("Timetable of meetings"),
        "people": [
            {"name": participants.name_of(one), "days": list(_days(fair, theirs[one.id], one, who))} for one in order
        ],
    }
    return pdf.render("timetable", data, replace_missing=True)


def signs(fair: Fair, meetings: Sequence[Meeting]) -> bytes:
    """A sign for each table or booth with meetings: its number, and who meets there when."""
    there: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        if meeting.table is not None:
            there[meeting.table.code, meeting.table.place].append(meeting)
        elif meeting.booth is not None:
            there[_("Booth %(code)s", code=meeting.booth.code), ""].append(meeting)
    data = _words(fair) | {
        "title": _("Table signs"),
        "label": _("Table"),
        "tables": [
            {"code": code, "place": place, "days": list(_days(fair, held, None, {}))}
            for (code, place), held in sorted(there.items())
        ],
    }
    return pdf.render("signs", data, replace_missing=True)


def _words(fair: Fair) -> dict[str, Any]:
    return {"language": language(), "fair": fair.name, "place": fair.place, "nothing": _("No meeting has a time yet.")}


def _days(
    fair: Fair, meetings: Iterable[Meeting], reader: Participant | None, who: Mapping[int, Sequence[str]]
) -> Iterable[Mapping[str, Any]]:
    """The meetings by the fair's local days; what a reader sees is whom they meet, who comes, and where."""
    timed = sorted((one.slot.starts_at, one.id, one) for one in meetings if one.slot is not None)
    by_day = groupby(timed, key=lambda row: clock.local_day(row[0], fair.timezone))
    for day, rows in by_day:
        yield {
            "day": formats.format_date(day, language()),
            "rows": [_row(fair, meeting, reader, who.get(meeting.id, ())) for _at, _id, meeting in rows],
        }


def _row(fair: Fair, meeting: Meeting, reader: Participant | None, coming_here: Sequence[str]) -> dict[str, str]:
    slot: Any = meeting.slot  # only those with a time come here
    times = [formats.format_time(moment, fair.timezone, language()) for moment in (slot.starts_at, slot.ends_at)]
    if reader is None:
        who = " – ".join(participants.name_of(party.participant) for party in meeting.parties)
        return {"time": "–".join(times), "who": who, "where": ""}
    place = meeting.table or meeting.booth
    where = entries.where(fair, place).removesuffix(f", {fair.place}") if place else ""
    met = entries.others(meeting, reader)
    met += f" ({_('Who comes:')} {'; '.join(coming_here)})" if coming_here else ""
    return {"time": "–".join(times), "who": met, "where": where}
