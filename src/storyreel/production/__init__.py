"""The durable line: one generation, one film, their queue."""
