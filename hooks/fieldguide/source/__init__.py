"""What people write: YAML files and Markdown pages, read and checked, each fault with its line."""
