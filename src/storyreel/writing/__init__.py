"""Words to a storyboard."""
