"""Handoffs: requests for a person, the queue they wait in, and their atomic assignment."""
