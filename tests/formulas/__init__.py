"""The numeric checks of the displayed formulas: one module per page, named by its key."""
