"""Signing at a service that keeps the signer's key: which services there are, and the way there and back."""
