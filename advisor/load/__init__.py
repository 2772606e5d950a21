"""Files to models. The only room that touches YAML and JSON."""
