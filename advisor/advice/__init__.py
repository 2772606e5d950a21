"""What an adviser does with what fired: verdict, readiness, method choice, next question. Knows no human language."""
