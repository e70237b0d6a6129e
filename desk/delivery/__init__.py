"""Delivery: the only way from the desk to the bot."""
