"""Times the service beside a stock Rasa project, both through their front doors; nothing imports it."""
