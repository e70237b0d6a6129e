"""Where the evaluation keeps what it makes."""

from scripts.layout import ROOT, VAR

HOME = VAR / "evaluate"
SETTINGS = ROOT / "config.yml"  # of the bot
# In the folder of a trained model:
CONFIG, NLU, MODEL, TRAINING = "config.yml", "nlu.json", "model.tar.gz", "training.json"
