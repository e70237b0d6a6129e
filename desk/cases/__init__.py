"""Cases: what is opened for a user, its state, its audit trail, and how satisfied the user was."""
