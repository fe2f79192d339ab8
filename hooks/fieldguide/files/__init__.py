"""Files beside the pages: archive, bibliography, fonts, pictures, short links, and their cache."""
