"""From a plan's facts to what fires, layer by layer. Knows no human language."""
