"""Conversations: who owns them, their transcript, and the turns the bot still has to take."""
