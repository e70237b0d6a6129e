"""Dense features of other components of the pipeline (a language model's, say), a row for each message."""

from collections.abc import Sequence

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message


def dense_row(message: Message) -> np.ndarray | None:
    """The features of the whole message; the mean over its words where there are only those."""
    of_words, of_message = message.get_dense_features(TEXT, [])
    features = of_message or of_words
    return None if features is None else np.asarray(features.features, dtype=np.float32).mean(axis=0)


def dense_rows(messages: Sequence[Message]) -> np.ndarray | None:
    """The features of all examples, or nothing where no component has made any."""
    rows = [dense_row(message) for message in messages]
    width = next((len(row) for row in rows if row is not None), 0)
    if not width:
        return None
    return np.stack([np.zeros(width, np.float32) if row is None else row for row in rows])
