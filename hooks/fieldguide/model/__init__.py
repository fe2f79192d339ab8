"""What is known once the files are read: the guide, its citations, pages and lab results."""
