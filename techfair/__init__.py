"""techfair runs a technology fair from the first registration to the report."""
