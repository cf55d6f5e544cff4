"""Invitations by mail: each opens the form for one address and one kind of badge, once."""
