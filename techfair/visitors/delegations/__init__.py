"""Delegations: bodies invited with a dispatch number, or groups of their own wish, that name their people."""
