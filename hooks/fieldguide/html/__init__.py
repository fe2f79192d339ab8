"""What is done to the theme, and to finished pages."""
