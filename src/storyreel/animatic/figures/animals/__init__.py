"""Animals: families of bodies, told apart by their measures."""
