# Two commands: `make run` and `make test`. Both bring all they need; the work is done by scripts/.

PYTHON ?= python3

.PHONY: help run test turns bench evaluate clean python

help:
	@echo "make run               set up what is missing, then run the service until Ctrl-C"
	@echo "make test              set up what is missing, then run all checks"
	@echo "make test SUITE=desk   one suite: lint, data, bot, desk, web, contract, journeys"
	@echo "make turns             measure turns of the running service (needs DESK_REST_CHANNEL_KEY)"
	@echo "make bench             time the service beside stock Rasa (ROUNDS=1, or QUICK=1 to try it)"
	@echo "make evaluate          measure how well the bot understands (QUICK=1: without stock DIET; FILE=labelled.tsv)"
	@echo "make clean             remove what can be made again (the database, the uploads and the secrets stay)"

run test turns bench evaluate clean: python
	@exec $(PYTHON) -m scripts $@ $(SUITE)

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null \
	  || { echo "Python 3.8 or newer is needed to begin, and $(PYTHON) is none." >&2; exit 1; }
