"""The application as the web server loads it: ``gunicorn techfair.web:app``."""

import gc

from techfair import create_app
from techfair.core import logs
from techfair.settings import Settings

settings = Settings.read()
logs.configure(settings.log_level)
app = create_app(settings)
gc.freeze()  # what is loaded stays: looking through all of it for garbage would let requests wait a tenth of a second
