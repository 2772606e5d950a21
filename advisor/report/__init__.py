"""Assessments made readable: the only room that turns ids into words. One file a format."""
