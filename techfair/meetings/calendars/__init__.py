"""Meetings in people's calendars and on paper: invitations, addresses to subscribe to, reminders, timetables, signs."""
