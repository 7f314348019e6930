"""Addresses of the web as a person gives them and as an error may show them."""

from urllib.parse import urlsplit


def is_address(text: str) -> bool:
    """Whether a person gave an address and not a file's name."""
    return text.startswith(("http://", "https://"))


def shown(url: str) -> str:
    """An address as an error may show it: without what may be a secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
