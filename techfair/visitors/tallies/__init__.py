"""Entries and people counted ahead: small sums up to a moment, and the few scans since, always the plain count."""
