"""States that follow a table: nothing skips one."""

from collections.abc import Mapping
from typing import ClassVar

from techfair.core.errors import StepSkipped


class Stateful:
    """A record with a ``state`` that moves only along ``STEPS`` (state to the states after it)."""

    STEPS: ClassVar[Mapping[str, frozenset[str]]]
    state: str

    def may_become(self, state: str) -> bool:
        return state in self.STEPS.get(self.state, frozenset())

    def move_to(self, state: str) -> None:
        """Change the state; raises StepSkipped where the table has no such step."""
        if not self.may_become(state):
            raise StepSkipped
        self.state = state


def steps(**table: str) -> Mapping[str, frozenset[str]]:
    """A table of steps, written ``draft="submitted withdrawn"``."""
    return {state: frozenset(after.split()) for state, after in table.items()}
