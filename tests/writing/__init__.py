"""Tests of the writer, the lint and the storyboard file."""
