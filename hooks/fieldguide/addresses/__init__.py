"""Permanent addresses: section ids, lock, redirects, and what changed between releases."""
