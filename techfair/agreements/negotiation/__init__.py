"""Negotiation: parties comment and propose changes clause by clause, and agree to one text by its digest."""
