"""Addresses that outlive a fair: a page, a card for messengers and a description for search engines of each thing."""
