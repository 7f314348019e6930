"""The studio for agents, by the Model Context Protocol: its tools, its films as resources, prompts; over stdio and HTTP."""
