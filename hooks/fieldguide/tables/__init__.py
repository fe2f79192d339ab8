"""Tables, cards and lists that a page asks for by name."""
