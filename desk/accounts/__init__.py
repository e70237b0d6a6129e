"""Accounts: the operator's account system, and who may hear what it says."""
