"""Where the evaluation keeps what it makes."""

from scripts.layout import VAR

HOME = VAR / "evaluate"
# In the folder of a trained model:
CONFIG, NLU, MODEL, TRAINING = "config.yml", "nlu.json", "model.tar.gz", "training.json"
