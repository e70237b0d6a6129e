"""Measures how well the bot understands, beside stock Rasa; nothing imports it."""
