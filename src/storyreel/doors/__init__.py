"""The thin doors onto the studio."""
