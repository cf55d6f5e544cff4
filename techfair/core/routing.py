"""Addresses of the application, which cost their time when they are asked for, not when the program starts."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Address = tuple[str, str]


class LateRule(Rule):
    """A rule that learns to write its addresses when the first one is asked for.

    Werkzeug compiles two functions for every rule as the application starts: three quarters of its start, in every
    process and for every command, while few of the pages are ever linked by it.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Address]:
        compile_now = super()._compile_builder
        compiled: list[Callable[..., Address]] = []

        def build(rule: Rule, /, **values: Any) -> Address:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, **values)

        return build
