"""Hugging Face's inference providers: one key, the Hub's list of who serves what, each provider's own wire behind one router."""
