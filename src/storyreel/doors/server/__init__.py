"""The server: REST, the OpenAI shape, the earlier services' routes, and pages."""
