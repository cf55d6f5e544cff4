"""The application for any WSGI server: ``gunicorn wsgi:app``; ``techfair serve`` runs the worker beside it."""

from techfair.web import app

__all__ = ["app"]
