"""Signatures in a PDF by ISO 32000 and PAdES: made, sealed, verified. No Flask and no database here."""
