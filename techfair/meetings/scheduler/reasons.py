"""Why a meeting is left out: the one thing that, were it different, would let it be held, and what would free it."""

from collections import Counter
from collections.abc import Iterable

from techfair.meetings.scheduler.instance import Reason, Unplaced
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable

SHOWN = 3  # slots and meetings named in a sentence; more would not be read

Words = tuple[str, str]  # Vietnamese, English

ORDER = (
    Reason.PARTICIPANT_FULL,
    Reason.NO_INTERPRETER,
    Reason.PLACES_FULL,
    Reason.PRECEDENCE,
    Reason.DISPLACED,
)  # of two reasons that would do, the one to name
SHORT: dict[Reason, Words] = {
    Reason.PARTICIPANT_FULL: ("có bên đã đủ số cuộc gặp tối đa", "one side has as many meetings as it may"),
    Reason.NO_INTERPRETER: ("không có phiên dịch phù hợp", "no interpreter who could help is there"),
    Reason.PLACES_FULL: ("không còn chỗ gặp", "no place to meet is left"),
    Reason.PRECEDENCE: ("trái thứ tự trước sau phải giữ", "it is against the order to be kept"),
    Reason.DISPLACED: ("có bên đang gặp người khác", "one side meets somebody else"),
}


FREES: dict[Reason, Words] = {
    Reason.NO_COMMON_SLOT: ("các bên có thêm một khung giờ chung", "they had one more time in common"),
    Reason.PARTICIPANT_FULL: ("bên đó nhận thêm được một cuộc gặp", "that side had room for one more meeting"),
    Reason.NO_INTERPRETER: ("có thêm phiên dịch phù hợp lúc đó", "one more interpreter who could help were there then"),
    Reason.PLACES_FULL: ("có thêm một chỗ gặp lúc đó", "there were one more place to meet then"),
    Reason.DISPLACED: (
        "các cuộc gặp ở một khung giờ trong số đó được dời",
        "those at one of these times gave way",
    ),
}  # what would let it be held; tests relax just that


def unplaced(timetable: Timetable) -> tuple[Unplaced, ...]:
    """Every meeting that is left out, with its reason, in the instance's order."""
    return tuple(_explain(timetable, m) for m in range(len(timetable.problem.weight)) if m not in timetable.slot_of)


def _explain(timetable: Timetable, m: int) -> Unplaced:
    reason, *also = _reasons(timetable, m)
    if also and reason is not Reason.NO_COMMON_SLOT:
        vi, en = _several(timetable, m, {reason, *also})
    else:
        vi, en = SENTENCES[reason](timetable, m)
        vi += "".join(f" Ngoài ra, {SHORT[one][0]}." for one in also)
        en += "".join(f" Besides, {SHORT[one][1]}." for one in also)
    frees = [_frees(timetable, m, one) for one in (reason, *also)]
    vi += f" Sẽ xếp được nếu {', và '.join(one for one, _ in frees)}."
    en += f" It could be held if {', and '.join(one for _, one in frees)}."
    return Unplaced(timetable.problem.instance.meetings[m].id, reason, {"vi": vi, "en": en}, tuple(also))


def _frees(timetable: Timetable, m: int, reason: Reason) -> Words:
    """What would let it be held, by name where a person set a number or an order."""
    problem = timetable.problem
    if reason is Reason.PARTICIPANT_FULL and (at_limit := timetable.full_people(m)):
        vi, en = _names(problem, at_limit)
        return f"{vi} nhận thêm một cuộc gặp", f"{en} took one more meeting"
    if reason is Reason.PRECEDENCE:
        listed = ", ".join(_in_order_with(timetable, m)[:SHOWN])
        return f"bỏ thứ tự trước sau với {listed}", f"the order to be kept with {listed} were given up"
    return FREES[reason]


def _in_order_with(timetable: Timetable, m: int) -> list[str]:
    """The placed meetings that this one must follow or precede."""
    problem = timetable.problem
    ids = (*problem.earlier[m], *problem.later[m])
    return [problem.instance.meetings[o].id for o in ids if o in timetable.slot_of]


def _reasons(timetable: Timetable, m: int) -> list[Reason]:
    """What stands alone in the way somewhere; else all that does where it is the least; others come last."""
    problem = timetable.problem
    if not problem.common[m]:
        besides = [Reason.PARTICIPANT_FULL] if timetable.full_people(m) else []
        besides += [Reason.NO_INTERPRETER] if problem.interpreters[m] == frozenset() else []
        return [Reason.NO_COMMON_SLOT, *besides]
    obstacles = [_obstacles(timetable, m, t) for t in problem.common[m]]
    for reason in ORDER:
        if {reason} in obstacles:
            return [_displacing(timetable, m) if reason is Reason.DISPLACED else reason]
    fewest = min(obstacles, key=lambda found: (len(found), sorted(map(ORDER.index, found))))
    return sorted(fewest, key=ORDER.index)


def _displacing(timetable: Timetable, m: int) -> Reason:
    return Reason.PARTICIPANT_FULL if _booked_out(timetable, m) else Reason.DISPLACED


def _obstacles(timetable: Timetable, m: int, t: int) -> set[Reason]:
    """All that keeps the meeting out of one slot, as the plan stands."""
    places, interpreters = range(len(timetable.problem.pools))
    found = {
        Reason.PARTICIPANT_FULL: bool(timetable.full_people(m)),
        Reason.DISPLACED: any(t in timetable.busy[p] for p in timetable.problem.people[m]),
        Reason.PLACES_FULL: not timetable.is_served(places, m, t),
        Reason.NO_INTERPRETER: not timetable.is_served(interpreters, m, t),
        Reason.PRECEDENCE: not timetable.in_order(m, t),
    }
    return {reason for reason, stands in found.items() if stands}


def _booked_out(timetable: Timetable, m: int) -> list[int]:
    """Who of the meeting's people has a meeting in every slot in which they are there."""
    problem = timetable.problem
    return [p for p in problem.people[m] if problem.free[p] <= timetable.busy[p].keys()]


def _names(problem: Problem, people: Iterable[int]) -> Words:
    ids = [problem.instance.participants[p].id for p in people]
    return " và ".join(ids), " and ".join(ids)


def _times(problem: Problem, slots: Iterable[int]) -> str:
    times = [problem.time_of(t) for t in slots]
    return ", ".join(times[:SHOWN]) + (", …" if len(times) > SHOWN else "")


def _alone(timetable: Timetable, m: int, reason: Reason) -> list[int]:
    """The slots in which nothing but this stands in the way; where there is none, all common ones."""
    common = timetable.problem.common[m]
    return [t for t in common if _obstacles(timetable, m, t) == {reason}] or list(common)


def _no_common_slot(timetable: Timetable, m: int) -> Words:
    problem = timetable.problem
    vi, en = _names(problem, problem.people[m])
    if problem.instance.meetings[m].allowed_slots is None:
        return f"{vi} không có khung giờ nào cùng rảnh.", f"{en} are never free at the same time."
    return (
        f"{vi} không cùng rảnh ở khung giờ nào trong những khung giờ được phép của cuộc gặp này.",
        f"{en} are never free at the same time in the slots that this meeting allows.",
    )


def _places_full(timetable: Timetable, m: int) -> Words:
    problem = timetable.problem
    vi, en = _names(problem, problem.people[m])
    times = _times(problem, _alone(timetable, m, Reason.PLACES_FULL))
    places = problem.proper_places(m)
    if places == problem.instance.tables and problem.closed:
        return (
            f"{vi} chỉ còn cùng rảnh lúc {times}, khi mọi bàn của các phòng còn mở cửa đều có người.",
            f"{en} are free together only at {times}, when all tables of the rooms that are open are taken.",
        )
    if places == problem.instance.tables:
        return (
            f"{vi} chỉ còn cùng rảnh lúc {times}, khi cả {len(places)} bàn đều có người.",
            f"{en} are free together only at {times}, when all tables ({len(places)}) are taken.",
        )
    booths = ", ".join(places)
    return (
        f"{vi} chỉ còn cùng rảnh lúc {times}, khi gian hàng {booths} đã có cuộc gặp khác.",
        f"{en} are free together only at {times}, when another meeting is held at booth {booths}.",
    )


def _no_interpreter(timetable: Timetable, m: int) -> Words:
    problem = timetable.problem
    vi, en = _names(problem, problem.people[m])
    if not problem.interpreters[m]:
        return (
            f"{vi} không có ngôn ngữ chung và không phiên dịch nào biết ngôn ngữ của cả hai phía.",
            f"{en} share no language, and no interpreter speaks the languages of both sides.",
        )
    times = _times(problem, _alone(timetable, m, Reason.NO_INTERPRETER))
    return (
        f"{vi} cần phiên dịch, nhưng không còn phiên dịch phù hợp lúc {times}.",
        f"{en} need an interpreter, but none who could help is left at {times}.",
    )


def _participant_full(timetable: Timetable, m: int) -> Words:
    problem = timetable.problem
    if at_limit := timetable.full_people(m):
        vi, en = _names(problem, at_limit)
        most = ", ".join(str(problem.instance.participants[p].max_meetings) for p in at_limit)
        return (
            f"{vi} đã có đủ số cuộc gặp tối đa ({most}).",
            f"{en} already has as many meetings as set at most ({most}).",
        )
    vi, en = _names(problem, _booked_out(timetable, m))
    return (
        f"{vi} không còn khung giờ trống nào.",
        f"No free slot is left for {en}.",
    )


def _precedence(timetable: Timetable, m: int) -> Words:
    times = _times(timetable.problem, _alone(timetable, m, Reason.PRECEDENCE))
    listed = ", ".join(_in_order_with(timetable, m)[:SHOWN])
    return (
        f"Chỉ còn trống lúc {times}, trái thứ tự trước sau với {listed}.",
        f"Free only at {times}, which is against the order to be kept with {listed}.",
    )


def _several(timetable: Timetable, m: int, reasons: set[Reason]) -> Words:
    """Where nothing alone is in the way: all that is, at the times at which it is the least."""
    problem = timetable.problem
    times = _times(problem, [t for t in problem.common[m] if _obstacles(timetable, m, t) == reasons])
    vi = ", ".join(SHORT[one][0] for one in ORDER if one in reasons)
    en = ", and ".join(SHORT[one][1] for one in ORDER if one in reasons)
    return f"Không khung giờ nào xếp được: lúc {times}, {vi}.", f"No time works: at {times}, {en}."


def _displaced(timetable: Timetable, m: int) -> Words:
    problem = timetable.problem
    rivals = Counter(
        timetable.busy[p][t] for p in problem.people[m] for t in problem.common[m] if t in timetable.busy[p]
    )
    listed = ", ".join(problem.instance.meetings[o].id for o, _ in rivals.most_common(SHOWN))
    vi, en = _names(problem, problem.people[m])
    return (
        f"Mọi khung giờ {vi} cùng có mặt đều đã dành cho các cuộc gặp khác, như {listed}.",
        f"Every slot in which {en} are both there went to other meetings, such as {listed}.",
    )


SENTENCES = {
    Reason.NO_COMMON_SLOT: _no_common_slot,
    Reason.PLACES_FULL: _places_full,
    Reason.NO_INTERPRETER: _no_interpreter,
    Reason.PARTICIPANT_FULL: _participant_full,
    Reason.DISPLACED: _displaced,
    Reason.PRECEDENCE: _precedence,
}
