"""What the bot does besides talking: a tracker becomes one desk call, then events and responses."""
