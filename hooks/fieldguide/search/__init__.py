"""The search index, and the words that readers type."""
