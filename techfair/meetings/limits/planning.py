"""What a run of the scheduler is told of numbers and order.

What was given before a limit was set stands where a run keeps what has a time, as with times that people blocked
later; only what a person pinned (a lock, a move by hand) is held against it, for then a person must choose.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from techfair.fairs.models import Fair
from techfair.meetings.limits import feeding
from techfair.meetings.models import Meeting


class Limits:
    """The limits of a run over these meetings, parties loaded; ``stays``: when those are that keep their time.

    Times are numbered in their order.
    """

    def __init__(
        self, fair: Fair, meetings: Sequence[Meeting], stays: Mapping[int, int], pinned: Collection[int]
    ) -> None:
        self.meetings, self.stays, self.pinned = meetings, stays, pinned
        self.numbers = feeding.most({party.participant_id for one in meetings for party in one.parties})
        self.held = feeding.held(list(self.numbers), [one.id for one in meetings])
        self._before: dict[int, list[int]] = defaultdict(list)
        for earlier, later in feeding.orders(fair):
            if not self._was_given(earlier, later):
                self._before[later].append(earlier)

    def before(self, meeting_id: int) -> Sequence[int]:
        """What must come before a meeting."""
        return self._before.get(meeting_id, ())

    def most(self, participant_id: int) -> int | None:
        """How many meetings somebody has at most, with those that were held."""
        most, held = self.numbers.get(participant_id), self.held.get(participant_id, 0)
        if most is None:
            return None
        sides = {one.id: {party.participant_id for party in one.parties} for one in self.meetings}
        given = [id for id in self.stays if participant_id in sides.get(id, ())]
        pinned = sum(id in self.pinned for id in given)
        return most if pinned + held > most else max(most, len(given) + held)

    def _was_given(self, earlier: int, later: int) -> bool:
        """Whether the two stay at times against their order that no person pinned."""
        if earlier not in self.stays or later not in self.stays or {earlier, later} <= set(self.pinned):
            return False
        return self.stays[earlier] >= self.stays[later]
