"""People: an articulated outline in any pose, age, figure and clothes."""
