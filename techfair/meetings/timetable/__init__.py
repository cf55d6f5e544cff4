"""The timetable: drafts that the scheduler or a hand makes, what each would change, and what was published."""
