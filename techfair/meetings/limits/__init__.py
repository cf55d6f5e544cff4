"""What a timetable must keep beside times and places: how many meetings each has at most, and which come first."""
