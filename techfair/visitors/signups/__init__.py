"""Signing up for single activities: numbered seats, a waiting list that moves up by itself, check-in at the door."""
