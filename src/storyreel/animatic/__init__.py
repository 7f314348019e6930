"""The embedded engine: draws and moves a shot."""
