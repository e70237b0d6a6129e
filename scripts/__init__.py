"""The launcher behind `make`: standard library only, for whatever python3 (3.8 or newer) a machine has."""
