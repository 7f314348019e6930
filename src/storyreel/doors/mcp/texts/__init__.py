"""What the prompts say, a file each; `$name` is an argument."""
