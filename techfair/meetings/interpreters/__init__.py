"""Interpreters of the meetings: who they are, when they are there, and whom they help."""
