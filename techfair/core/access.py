"""Who may touch what: loading an object is asking for permission.

A room says who may do what to its objects (``@rule(Application)``); views load by ``fetch`` and by nothing
else, and every route is public by name or behind a guard (a test walks them all).
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, false, select

from techfair.extensions import Model, db

Thing = TypeVar("Thing", bound=Model)
View = TypeVar("View", bound=Callable[..., Any])


class Person(Protocol):
    """Who asks: a signed-in user or the anonymous one."""

    is_authenticated: bool


Rule = Callable[[Any, Any, str], bool]
Scope = Callable[[Any], ColumnElement[bool]]
_rules: dict[type[Model], Rule] = {}
_scopes: dict[type[Model], Scope] = {}


def rule(model: type[Model]) -> Callable[[Rule], Rule]:
    """Register ``(person, object, deed) -> bool`` as the rule for a model."""

    def register(judge: Rule) -> Rule:
        _rules[model] = judge
        return judge

    return register


def scope(model: type[Model]) -> Callable[[Scope], Scope]:
    """Register ``(person) -> condition`` for the rows of a model among which a person works."""

    def register(condition: Scope) -> Scope:
        _scopes[model] = condition
        return condition

    return register


def own(model: type[Thing]) -> Select[Thing]:
    """The rows of a model among which the present user works, for lists; what may be done to one, ``may`` says."""
    return select(model).where(_scopes[model](current_user) if current_user.is_authenticated else false())


def may(person: Any, thing: Model, to: str) -> bool:
    """Whether ``person`` may do ``to`` to ``thing``; a model without a rule is closed to all."""
    judge = _rules.get(type(thing))
    return bool(judge and judge(person, thing, to))


def fetch(model: type[Thing], id: Any = None, *, to: str, options: Any = (), **key: Any) -> Thing:
    """The object of an address, if the present user may do ``to`` to it; 404 for none and for another's alike.

    ``fetch(Fair, slug="gia-lai-2019", to="exhibitors")`` by a unique key, ``fetch(Application, 7, to="edit")``
    by id; ``options`` are loader options.
    """
    if id is not None:
        key["id"] = id
    thing = db.session.scalars(select(model).filter_by(**key).options(*options)).unique().one_or_none()
    if thing is None or not may(current_user, thing, to):
        abort(404)
    return thing


def public(view: View) -> View:
    """Mark a view as open to everyone, on purpose."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def public_blueprint(blueprint: Blueprint) -> Blueprint:
    """Mark all views of a blueprint as open to everyone, on purpose."""
    blueprint.access = "public"  # type: ignore[attr-defined]
    return blueprint


def signed_in(blueprint: Blueprint) -> Blueprint:
    """Ask for sign-in before every view of a blueprint that is not ``public``; what they load, ``fetch`` asks for."""
    blueprint.access = "signed in"  # type: ignore[attr-defined]
    blueprint.before_request(ask_to_sign_in)
    blueprint.enable_openapi = False  # type: ignore[attr-defined]  # APIFlask asks this of every guarded blueprint
    return blueprint


def for_administrators(blueprint: Blueprint) -> Blueprint:
    """Ask for sign-in, and let the platform's administrators in alone; to others the pages are not there."""
    signed_in(blueprint).before_request(_require_administrator)
    return blueprint


def _require_administrator() -> None:
    if current_user.is_authenticated and not current_user.is_administrator:
        abort(404)


def by_token(blueprint: Blueprint) -> Blueprint:
    """Mark a blueprint whose views each check a signed link or a device's token themselves."""
    blueprint.access = "by token"  # type: ignore[attr-defined]
    return blueprint


def ask_to_sign_in() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if current_user.is_authenticated or getattr(view, "is_public", False):
        return None
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)


def unguarded(app: Flask) -> list[str]:
    """The endpoints that are neither public by name nor behind a guard; a test wants none."""
    return [
        rule_.endpoint
        for rule_ in app.url_map.iter_rules()
        if not getattr(app.view_functions[rule_.endpoint], "is_public", False)
        and not getattr(app.blueprints.get(rule_.endpoint.rpartition(".")[0]), "access", None)
    ]


def current_actor() -> Any:
    """The signed-in user, or None outside a request and for visitors."""
    if not g or not hasattr(current_app, "login_manager"):
        return None
    return current_user._get_current_object() if current_user and current_user.is_authenticated else None
