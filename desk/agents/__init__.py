"""Agents: the people who answer, how they sign in, and whether they are on duty."""
