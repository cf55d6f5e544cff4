"""Who the present session belongs to; a session older than the account's epoch is nobody's."""

from techfair.accounts.models import User
from techfair.extensions import db, login_manager


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_user(session_id: str) -> User | None:
    id, _, epoch = session_id.partition(".")
    user = db.session.get(User, int(id)) if id.isdecimal() else None
    return user if user and user.is_active and str(user.session_epoch) == epoch else None
