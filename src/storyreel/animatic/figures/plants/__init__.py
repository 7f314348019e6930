"""Trees and smaller plants."""
