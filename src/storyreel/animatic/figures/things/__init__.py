"""Things that people use."""
