"""What understands: from a message to its intent."""
