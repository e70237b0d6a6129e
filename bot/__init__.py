"""What Rasa itself loads by dotted name: NLU components, channel, tracker store, response generator."""
