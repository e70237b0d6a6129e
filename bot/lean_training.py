"""What is learnt of intents, without what stories name.

Stock, every intent and action that a story or rule names becomes part of the NLU data, for the sake of end-to-end
training. So a rule that is the first to say some response makes Rasa learn all intents anew. Rasa offers no hook for
this; its method is replaced, and only in the release it was read in.
"""

import logging

import rasa
from rasa.shared.importers.importer import E2EImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

logger = logging.getLogger(__name__)

READ_IN = "3.6.21"
_data_from_stories = E2EImporter._additional_training_data_from_stories


def apply(version: str = rasa.__version__) -> bool:
    """Replace the method if this is the release it fits; whether it was."""
    if version != READ_IN:
        logger.warning("Rasa %s is not %s: new rules may take as long to train as new examples.", version, READ_IN)
        return False
    E2EImporter._additional_training_data_from_stories = texts_from_stories
    return True


def texts_from_stories(self: E2EImporter) -> TrainingData:
    """What stories add to the NLU data: all if any of them is told in words (end to end), otherwise nothing."""
    data = _data_from_stories(self)
    return data if data.has_e2e_examples() else TrainingData()
