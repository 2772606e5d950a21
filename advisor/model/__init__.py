"""What the rooms hand to one another: plan, rules, knowledge and assessment, as frozen models."""
