"""A thread of its own for what brings an event loop: pyHanko runs one, and the caller's may have one already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")


def run(work: Callable[[], Made]) -> Made:
    """What ``work`` answers or raises, done in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
