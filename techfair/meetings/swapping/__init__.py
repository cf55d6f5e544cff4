"""Before a timetable is published its people look at the draft, and say which meeting suits them badly."""
