"""The front door, and the owner of conversations, transcripts, cases, handoffs and agents."""
