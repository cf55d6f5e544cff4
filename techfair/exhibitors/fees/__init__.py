"""Booth fees: what an exhibitor is asked to pay, the code to pay it with, and what came in."""
