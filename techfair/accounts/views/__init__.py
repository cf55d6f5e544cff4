"""The pages of signing in and of one's own account."""

from flask import Blueprint

from techfair.core import access

bp = access.signed_in(Blueprint("accounts", __name__))

from techfair.accounts.views import links, own, setup, signing_in  # noqa: E402, F401
