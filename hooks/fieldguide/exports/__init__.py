"""One module per file format that the build publishes."""
