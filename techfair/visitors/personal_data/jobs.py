"""The background job that takes files of erased people off the disk."""

from flask import current_app

from techfair.core import mail
from techfair.core.jobs import Job, job
from techfair.extensions import db


@job("forget_files")
def forget_files(job: Job, documents: list[str], letters: list[int]) -> None:
    """Remove stored files, and mails that were laid into the outbox; a second run finds nothing."""
    for digest in documents:
        current_app.extensions["files"].remove(digest)
    mail.take_from_outbox(letters)
    db.session.commit()
