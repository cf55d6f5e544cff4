"""Signers while they are waited for: handing over to a colleague, reminders that stop, the move to one's phone."""
