"""Web server and worker live and end together."""

import psutil
import pytest

from tests.fixtures.serving import Served, within

pytestmark = pytest.mark.same_everywhere


def test_sigterm_ends_web_server_and_worker_with_success(served: Served) -> None:
    children = psutil.Process(served.process.pid).children(recursive=True)
    served.process.terminate()
    served.process.join(40)
    assert served.process.exitcode == 0
    assert psutil.wait_procs(children, timeout=10)[1] == []


def test_children_end_when_the_parent_is_killed_outright(served: Served) -> None:
    children = psutil.Process(served.process.pid).children(recursive=True)
    served.process.kill()
    assert psutil.wait_procs(children, timeout=35)[1] == []


def test_a_killed_worker_comes_back(served: Served) -> None:
    first = worker_of(served)
    assert first is not None
    first.kill()
    assert within(20, lambda: worker_of(served) not in {None, first})


def worker_of(served: Served) -> psutil.Process | None:
    """The running worker under the parent."""
    for child in psutil.Process(served.process.pid).children():
        if child.status() != psutil.STATUS_ZOMBIE and child.name() == "techfair-worker":
            return child
    return None
