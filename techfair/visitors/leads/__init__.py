"""Leads: exhibitors scan badges at their booth, visitors keep exhibitors and leave their contact there.

Who may read a visitor's contact is decided in one place, ``contacts``; every page and file asks it.
"""
