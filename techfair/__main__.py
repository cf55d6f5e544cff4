"""``python -m techfair`` is the ``techfair`` command."""

from techfair.cli import main

main()
