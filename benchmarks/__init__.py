"""How fast the adviser is, side by side with what it is compared with: ``python -m benchmarks``."""
