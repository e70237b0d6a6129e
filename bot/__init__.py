"""What Rasa loads by dotted name: NLU components, policies, importer, channel, tracker store, response generator."""
