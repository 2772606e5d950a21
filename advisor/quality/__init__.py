"""What those who write rules need: checks, the rules' own examples, lists and the handbook."""
