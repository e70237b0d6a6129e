"""Channels: every way in for users, agents and the bot's actions."""
