"""The second pass: what each shot shows, from the words of its beat and what the beats before have settled."""
