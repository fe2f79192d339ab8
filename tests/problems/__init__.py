"""The numbers of the solutions, computed independently: one module per page, named by its key."""
