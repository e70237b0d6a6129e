"""A stand-in for the operator's own account system; it knows nothing of the desk."""
