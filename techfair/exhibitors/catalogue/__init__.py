"""The catalogue: one index of technologies, needs and exhibitors, how it is searched, and what fits what.

``keeping`` writes the index with the record, in the same transaction; ``fulltext`` is the only file that knows
which database finds the words; reading what was typed (``asking``), weighing what was found (``ranking``) and
judging what fits (``fitting``) are pure.
"""
