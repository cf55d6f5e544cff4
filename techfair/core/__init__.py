"""What every room stands on: database, access, audit, mail, jobs, languages, pages; each file one idea."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask) -> None:
    from techfair.core import access, audit, database, errors, files, health, jobs, languages, logs, mail, pages  # noqa: F401

    settings = app.extensions["settings"]
    if hops := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logs.init_app(app)
    database.init_app(app, settings)
    languages.init_app(app)
    errors.init_app(app)
    jobs.init_app(app, settings)
    mail.init_app(app, settings)
    app.extensions["files"] = files.FileStore(settings.files_folder)
    pages.init_app(app)
    app.register_blueprint(health.bp)
    access.public(app.view_functions["openapi.spec"])
