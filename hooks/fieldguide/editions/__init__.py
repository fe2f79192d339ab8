"""The guide to take along: the finished pages as books, made with a release."""
