"""techfair runs a technology fair from the first registration to the report, and follows its commitments."""

from importlib import import_module

from apiflask import APIFlask

from techfair import extensions
from techfair.core.routing import LateRule
from techfair.settings import Settings

# Left to right: a room imports only rooms to its left.
ROOMS = (
    "core",
    "fairs",
    "accounts",
    "exhibitors",
    "visitors",
    "meetings",
    "agreements",
    "organizers",
    "demo",
)


def create_app(settings: Settings | None = None) -> APIFlask:
    """Build the application, by default from the TECHFAIR_* environment."""
    settings = settings or Settings.read()
    app = APIFlask(
        __name__,
        title="techfair",
        version="1",
        json_errors=False,
        docs_path=None,
        spec_path="/api/v1/openapi.json",
        static_folder=None,  # type: ignore[arg-type]  # served under a digest by core/pages
        template_folder=str(settings.template_path),
    )
    app.url_rule_class = LateRule
    app.config.from_mapping(settings.for_flask())
    app.extensions["settings"] = settings
    extensions.bind(app)
    for room in ROOMS:  # imported here, not above, so that a pure core loads without the whole app
        import_module(f"techfair.{room}").init_app(app)
    import_module("techfair.core.jobs").begin_periodic(app)
    return app
