"""The background worker's entry: ``huey_consumer techfair.worker.queue``."""

from techfair import create_app
from techfair.core import logs
from techfair.settings import Settings

settings = Settings.read()
logs.configure(settings.log_level)
queue = create_app(settings).extensions["queue"]
