"""What a person or an agent can have done, each described once and offered by every door."""
