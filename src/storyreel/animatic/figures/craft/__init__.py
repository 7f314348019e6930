"""What people travel in."""
