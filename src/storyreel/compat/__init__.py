"""Interfaces of earlier systems, thin over ours, for programs that were written against them."""
