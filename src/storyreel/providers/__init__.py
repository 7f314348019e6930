"""One file per API, each with the same five verbs."""
