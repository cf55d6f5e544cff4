"""The application as the web server loads it: ``gunicorn techfair.web:app``."""

from techfair import create_app
from techfair.core import logs
from techfair.settings import Settings

settings = Settings.read()
logs.configure(settings.log_level)
app = create_app(settings)
