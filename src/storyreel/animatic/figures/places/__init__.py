"""Buildings and what stands between them."""
