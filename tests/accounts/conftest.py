"""People with a password."""

from collections.abc import Callable
from typing import Any

import pytest

from techfair.accounts.models import User
from techfair.accounts.passwords import set_password
from techfair.extensions import db

PASSWORD = "cà phê sáng ở Pleiku"


@pytest.fixture
def an(make_user: Callable[..., User]) -> User:
    """Nguyễn Văn An, who knows his password."""
    return with_password(make_user())


@pytest.fixture
def known(organizer: User) -> User:
    """The organizer, with a password."""
    return with_password(organizer)


def with_password(user: User, password: str = PASSWORD) -> User:
    set_password(user, password)
    db.session.commit()
    return user


def credentials(user: User, **changed: Any) -> dict[str, str]:
    return {"email": user.email, "password": PASSWORD} | changed
