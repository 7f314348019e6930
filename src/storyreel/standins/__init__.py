"""Stand-ins: every provider's cloud on loopback, as strict as the real one, with a bill of what it was asked for."""
