"""The models as data: loaded, searched, priced, chosen."""
