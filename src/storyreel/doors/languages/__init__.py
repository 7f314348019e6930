"""What is said to a person, in the languages that Storyreel speaks."""
