"""What no schedule could satisfy, found before searching, with the records to blame."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from techfair.meetings.scheduler.instance import Instance
from techfair.meetings.scheduler.problem import Problem

PARTIES = range(2, 7)


@dataclass(frozen=True, slots=True)
class Fault:
    """One contradiction: a code, the ids of the records to blame, and a sentence by language (``vi``, ``en``)."""

    code: str
    records: tuple[str, ...]
    message: Mapping[str, str]


class ImpossibleInstance(ValueError):
    """The instance contradicts itself; ``faults`` says where, each in both languages."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.message["en"] for fault in self.faults))


def require_possible(instance: Instance) -> None:
    """Raises ImpossibleInstance."""
    if faults := find_faults(instance):
        raise ImpossibleInstance(faults)


def find_faults(instance: Instance) -> list[Fault]:
    """Everything that contradicts itself; what builds on names is looked at only if all names are right."""
    faults = [*_repeated(instance), *_unknown(instance), *_misshapen(instance)]
    if faults:
        return faults
    problem = Problem(instance)
    return [*_never_there(problem), *_circles(instance), *_fixed_alone(problem), *_fixed_together(problem)]


def _fault(code: str, records: Iterable[object], vi: str, en: str) -> Fault:
    names = tuple(str(record) for record in records)
    listed = ", ".join(names)
    return Fault(code, names, {"vi": vi.format(listed), "en": en.format(listed)})


def _repeated(instance: Instance) -> Iterator[Fault]:
    kinds: dict[str, list[object]] = {
        "slot": [x.id for x in instance.slots],
        "table": list(instance.tables),
        "participant": [x.id for x in instance.participants],
        "meeting": [x.id for x in instance.meetings],
        "interpreter": [x.id for x in instance.interpreters],
    }
    for kind, ids in kinds.items():
        if twice := [id for id, count in Counter(ids).items() if count > 1]:
            yield _fault(
                f"repeated_{kind}",
                twice,
                "Mã này được dùng nhiều lần: {0}.",
                f"More than one {kind} has this id: {{0}}.",
            )


def _unknown(instance: Instance) -> Iterator[Fault]:
    people, meetings = {x.id for x in instance.participants}, {x.id for x in instance.meetings}
    slots = {x.id for x in instance.slots}
    places = {*instance.tables, *(x.booth for x in instance.participants)}
    for meeting in instance.meetings:
        fixed = meeting.fixed
        named = {
            "participant": [id for id in meeting.participants if id not in people],
            "meeting": [id for id in meeting.after if id not in meetings],
            "slot": [
                id for id in (*(meeting.allowed_slots or ()), *([fixed.slot] if fixed else [])) if id not in slots
            ],
            "place": [fixed.place] if fixed and fixed.place is not None and fixed.place not in places else [],
        }
        for kind, ids in named.items():
            if ids:
                missing = ", ".join(map(str, ids))
                vi = f"Cuộc gặp {{0}} nêu {KIND_VI[kind]} không có trong danh sách: {missing}."
                yield _fault(f"unknown_{kind}", [meeting.id], vi, f"Meeting {{0}} names an unknown {kind}: {missing}.")


KIND_VI = {"participant": "đơn vị", "meeting": "cuộc gặp", "slot": "khung giờ", "place": "địa điểm"}


def _misshapen(instance: Instance) -> Iterator[Fault]:
    for meeting in instance.meetings:
        if len(set(meeting.participants)) not in PARTIES or len(set(meeting.participants)) < len(meeting.participants):
            yield _fault(
                "wrong_size",
                [meeting.id],
                "Cuộc gặp {0} phải có từ 2 đến 6 bên khác nhau.",
                "Meeting {0} must have two to six different parties.",
            )
        if meeting.weight < 1:
            yield _fault(
                "wrong_weight",
                [meeting.id],
                "Trọng số của cuộc gặp {0} nhỏ hơn 1.",
                "The weight of meeting {0} is below 1.",
            )


def _never_there(problem: Problem) -> Iterator[Fault]:
    """People who have meetings to hold but not one free slot, and meetings that allow none."""
    participants = problem.instance.participants
    if absent := [participants[p].id for p, own in enumerate(problem.meetings_of) if own and not problem.free[p]]:
        yield _fault(
            "never_available",
            absent,
            "Không có khung giờ nào đơn vị này có mặt: {0}.",
            "There is no slot at all in which this participant is available: {0}.",
        )
    if closed := [meeting.id for meeting in problem.instance.meetings if meeting.allowed_slots == frozenset()]:
        yield _fault(
            "no_slot_allowed",
            closed,
            "Cuộc gặp này không được phép ở khung giờ nào: {0}.",
            "This meeting is allowed in no slot: {0}.",
        )


def _circles(instance: Instance) -> Iterator[Fault]:
    try:
        TopologicalSorter({meeting.id: meeting.after for meeting in instance.meetings}).prepare()
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
        yield _fault(
            "precedence_cycle",
            circle,
            "Các cuộc gặp này chờ nhau thành vòng tròn, không cuộc nào có thể diễn ra trước: {0}.",
            "These meetings wait for one another in a circle, so none can be first: {0}.",
        )


def _fixed_alone(problem: Problem) -> Iterator[Fault]:
    """Fixed meetings that could not be held there even if there were no other."""
    for m, t in problem.fixed.items():
        meeting = problem.instance.meetings[m]
        slot = problem.time_of(t)
        if away := [problem.instance.participants[p].id for p in problem.people[m] if t not in problem.free[p]]:
            yield _fault(
                "fixed_unavailable",
                [meeting.id, *away],
                f"Cuộc gặp {meeting.id} cố định lúc {slot}, nhưng lúc đó {', '.join(away)} không có mặt.",
                f"Meeting {meeting.id} is fixed at {slot}, when {', '.join(away)} is not available.",
            )
        elif t not in problem.common[m]:
            yield _fault(
                "fixed_not_allowed",
                [meeting.id],
                f"Cuộc gặp {{0}} cố định lúc {slot}, nhưng không được phép ở khung giờ đó.",
                f"Meeting {{0}} is fixed at {slot}, a slot that it does not allow.",
            )
        elif t not in problem.options[m] and not problem.pools[1].could_serve(m, t):
            yield _fault(
                "fixed_no_interpreter",
                [meeting.id],
                f"Cuộc gặp {{0}} cố định lúc {slot}, nhưng lúc đó không có phiên dịch phù hợp.",
                f"Meeting {{0}} is fixed at {slot}, when no interpreter who could help is there.",
            )
        if meeting.fixed and t in problem.closed.get(meeting.fixed.place or "", ()):
            yield _fault(
                "fixed_closed",
                [meeting.id, meeting.fixed.place],
                f"Cuộc gặp {meeting.id} cố định lúc {slot} tại {meeting.fixed.place}, nhưng phòng đó đóng cửa lúc ấy.",
                f"Meeting {meeting.id} is fixed at {slot} at {meeting.fixed.place}, whose room is closed then.",
            )
        if not set(problem.places[m]) <= set(problem.proper_places(m)):
            yield _fault(
                "fixed_place",
                [meeting.id],
                "Cuộc gặp {0} cố định sai nơi: ai có gian hàng thì gặp tại đó, còn lại tại bàn.",
                "Meeting {0} is fixed at a wrong place: whoever has a booth meets there, all others at a table.",
            )


def _fixed_together(problem: Problem) -> Iterator[Fault]:
    """Fixed meetings that could each be held, but not all of them."""
    by_slot: dict[int, list[int]] = defaultdict(list)
    for m, t in problem.fixed.items():
        by_slot[t].append(m)
    for t, meetings in sorted(by_slot.items()):
        yield from _clashes(problem, t, meetings)
        yield from _shortages(problem, t, meetings)
    yield from _over_quota(problem)
    for m, t in problem.fixed.items():
        if late := [e for e in problem.earlier[m] if problem.fixed.get(e, -1) >= t]:
            yield _fault(
                "fixed_order",
                [problem.instance.meetings[x].id for x in (m, *late)],
                "Các cuộc gặp cố định này trái thứ tự trước sau: {0}.",
                "These fixed meetings are against the order they must follow: {0}.",
            )


def _clashes(problem: Problem, t: int, meetings: list[int]) -> Iterator[Fault]:
    at_once: dict[str, list[str]] = defaultdict(list)
    for m in meetings:
        meeting = problem.instance.meetings[m]
        places = [meeting.fixed.place] if meeting.fixed and meeting.fixed.place is not None else []
        for one in {*meeting.participants, *places}:
            at_once[one].append(meeting.id)
    for one, ids in sorted(at_once.items()):
        if len(ids) > 1:
            listed = ", ".join(ids)
            yield _fault(
                "fixed_clash",
                [one, *ids],
                f"{one} có nhiều cuộc gặp cố định cùng lúc {problem.time_of(t)}: {listed}.",
                f"{one} has more than one meeting fixed at {problem.time_of(t)}: {listed}.",
            )


def _shortages(problem: Problem, t: int, meetings: list[int]) -> Iterator[Fault]:
    words = (
        ("fixed_places", "số bàn hoặc gian hàng", "tables or booths"),
        ("fixed_interpreters", "số phiên dịch", "interpreters"),
    )
    for pool, (code, vi, en) in zip(problem.pools, words, strict=True):
        wanting = [m for m in meetings if pool.class_of[m] is not None]
        counts = Counter(pool.class_of[m] for m in wanting)
        if not pool.holds([counts[c] for c in range(len(pool.served_by))], t):
            slot = problem.time_of(t)
            yield _fault(
                code,
                [problem.instance.meetings[m].id for m in wanting],
                f"Lúc {slot} số cuộc gặp cố định nhiều hơn {vi}: {{0}}.",
                f"At {slot} more meetings are fixed than there are {en}: {{0}}.",
            )


def _over_quota(problem: Problem) -> Iterator[Fault]:
    for p, most in enumerate(problem.quota):
        fixed = [m for m in problem.meetings_of[p] if m in problem.fixed]
        if most is not None and len(fixed) > most:
            who = problem.instance.participants[p]
            count = len(fixed) + who.held
            listed = ", ".join(problem.instance.meetings[m].id for m in fixed)
            yield _fault(
                "fixed_over_quota",
                [who.id, *(problem.instance.meetings[m].id for m in fixed)],
                f"{who.id} có nhiều nhất {who.max_meetings} cuộc gặp, nhưng đã cố định {count} cuộc: {listed}.",
                f"{who.id} has {who.max_meetings} meetings at most, but {count} are fixed: {listed}.",
            )
