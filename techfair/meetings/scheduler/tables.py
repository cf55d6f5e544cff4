"""Places given out once times are known, so that few people change table from one meeting to the next.

A change is counted where a person's next meeting at a table, in the same session, is at another one. Booths are
left aside: who meets at booths walks anyway.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from techfair.meetings.scheduler import comfort
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.pools import match

if TYPE_CHECKING:
    from techfair.meetings.scheduler.instance import Assignment
    from techfair.meetings.scheduler.problem import Problem
    from techfair.meetings.scheduler.timetable import Timetable

Last = dict[tuple[int, str], str]  # where a person was last in a session


def given_out(plan: "Timetable") -> dict[int, str]:
    """For each placed meeting its table or booth.

    A meeting that stays in its slot keeps its place if it is still to be had. Of the others as many as can be are
    where one of their people sat last in the session, the rest near there: few change, and nobody walks far.
    """
    problem = plan.problem
    by_slot: dict[int, list[int]] = defaultdict(list)
    for m, t in plan.slot_of.items():
        by_slot[t].append(m)
    place: dict[int, str] = {}
    last: Last = {}
    for t, meetings in sorted(by_slot.items()):
        place |= _in_slot(problem, t, sorted(meetings), last)
        last |= {(p, problem.session[t]): place[m] for m in meetings for p in problem.people[m]}
    return place


def _in_slot(problem: "Problem", t: int, meetings: Collection[int], last: Last) -> dict[int, str]:
    """Who may go nowhere else chooses first, then who can stay, then who has a booth, then who comes from a place."""
    before = {m: old.place for m, old in in_force(problem, t).items()}
    stays = {m for m in meetings if problem.previous.get(m) == t}
    session = problem.session[t]
    left = {m: Counter(last[p, session] for p in problem.people[m] if (p, session) in last) for m in meetings}
    wish = {m: before.get(m, problem.venue.get(m)) for m in meetings}
    open_now = {m: problem.open_places(m, t) for m in meetings}
    order = sorted(
        meetings, key=lambda m: (len(open_now[m]) > 1, m not in stays, len(open_now[m]), -left[m].total(), m)
    )
    kept = match({m: _kept(open_now[m], wish[m] if m in stays else None, left[m]) for m in order})
    order.sort(key=lambda m: m not in kept)
    taken = set(kept.values())
    free = {m: [place for place in open_now[m] if place not in taken] for m in order if m not in kept}
    others = match({m: _nearest(problem, wish[m], left[m], places) for m, places in free.items()})
    if len(others) == len(free):
        return kept | others
    wishes = {m: _nearest(problem, wish[m], left[m], open_now[m]) for m in order}
    return match({m: [kept[m], *places] if m in kept else places for m, places in wishes.items()})


def _kept(places: Sequence[str], stays_at: str | None, left: Counter[str]) -> list[str]:
    """The places in which the meeting makes somebody stay: its only one, or where it was, or where its people sat."""
    if len(places) == 1:
        return list(places)
    if stays_at is not None:
        return [stays_at]
    return [place for place, _ in left.most_common() if place in places]


def _nearest(problem: "Problem", wish: str | None, left: Counter[str], places: Iterable[str]) -> list[str]:
    """The place wished for, then those that most come from, then those near them: by the plan, then by number."""
    row = problem.table_row
    from_rows = [row[place] for place in left if place in row]

    def distance(place: str) -> int:
        return min((abs(row[place] - one) for one in from_rows), default=0) if place in row else 0

    on_plan = problem.instance.spots
    from_spots = {on_plan[place] for place in left if place in on_plan}

    def walk(place: str) -> int:
        here = on_plan.get(place)
        return min((comfort.apart(here, one) for one in from_spots), default=0) if here else 0

    return sorted(places, key=lambda place: (place != wish, -left[place], walk(place), distance(place)))


def in_force(problem: "Problem", t: int) -> dict[int, "Assignment"]:
    """The assignments of the schedule in force in this slot."""
    return {
        m: old
        for old in problem.instance.previous
        if (m := problem.meeting.get(old.meeting, -1)) >= 0 and problem.slot.get(old.slot) == t
    }


def changed(plan: "Timetable", place: Mapping[int, str]) -> int:
    """How often somebody changes table."""
    return sum(changes for p in range(len(plan.busy)) for changes in changes_of(plan, p, place).values())


def changes_of(plan: "Timetable", p: int, place: Mapping[int, str]) -> dict[str, int]:
    """How often one person does, by session."""
    problem = plan.problem
    tables: dict[str, list[str]] = {}
    for t, m in sorted(plan.busy[p].items()):
        if problem.is_at_table[m]:
            tables.setdefault(problem.session[t], []).append(place[m])
    return {session: sum(one != other for one, other in pairwise(sat)) for session, sat in tables.items()}


def least(plan: "Timetable") -> int:
    """No plan that is as good in the goals before this one has fewer changes, where few idle slots are among them.

    Who has n meetings at tables in s sessions goes n - s times from one to the next. Of the meetings of one slot
    each is at another table. So two people of a meeting who both come from the slot before, where they met
    others, come from two tables, and one of them changes; and a table's first meeting in a session keeps nobody.
    Who waits, or is at a booth meanwhile, may find the table kept.
    """
    problem = plan.problem
    before = problem.goals[: problem.goals.index(Goal.CHANGES)]
    if not {Goal.WEIGHT, Goal.GAPS}.issubset(before):
        return 0
    possible = [m for m, slots in enumerate(problem.options) if slots]
    seated = [m for m in possible if problem.is_at_table[m]]
    if not seated:
        return 0
    meetings: Counter[int] = Counter(p for m in seated for p in problem.people[m])
    at_booths = sum(p in meetings for m in possible if not problem.is_at_table[m] for p in problem.people[m])
    sessions = len(set(problem.session))
    onward = sum(count - min(count, sessions) for count in meetings.values())
    left_out = (sum(problem.weight[m] for m in possible) - plan.weight()) * max(len(problem.people[m]) for m in seated)
    firsts = -(-max(0, len(seated) - left_out) // max(Counter(problem.session).values()))
    kept = sum(sorted(_together(problem, m) for m in seated)[firsts:])
    return max(0, onward - kept - plan.gaps() - at_booths - left_out)


def _together(problem: "Problem", m: int) -> int:
    """How many of a meeting's people can have been in one other meeting, and so come from one table."""
    met = Counter(other for p in problem.people[m] for other in problem.meetings_of[p] if other != m)
    return max(met.values(), default=0)
