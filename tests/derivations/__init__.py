"""The numeric checks of the derivations: one module per page, named by its key."""
