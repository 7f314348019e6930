"""The first pass: a text's form, its beats in order, and how many shots cover each."""
