"""Why no answer came, in words for a person: who could not be reached, where, and which settings tell the way there."""

import errno
import socket
from urllib.parse import urlsplit

import aiohttp

from storyreel.accounts import Account

OFFLINE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})


class Unreadable(aiohttp.ClientPayloadError):
    """An answer that came and cannot be read; its message is in our words."""


def reason_of(error: Exception, account: Account, url: str) -> str:
    """What kept an answer away; names host and settings, never a key, a path or a proxy's password."""
    host = _host(url)
    match error:
        case aiohttp.ClientProxyConnectionError():
            proxy = _host(account.proxy or "")
            told = f"the proxy at {proxy} cannot be reached ({_why(error.os_error)}); {account.proxy_setting} sets it"
        case aiohttp.ClientHttpProxyError():
            told = f"its proxy refuses the way to {host} (HTTP {error.status}); {account.proxy_setting} sets it"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            told = f"no secure connection to {host} comes about; {_ways(account)}"
        case aiohttp.ClientConnectorError():
            told = f"{host} cannot be reached ({_why(error.os_error)}); {_ways(account)}"
        case aiohttp.ConnectionTimeoutError():
            told = f"{host} cannot be reached in time; {_ways(account)}"
        case TimeoutError():
            told = f"no answer within {account.timeout_s:g} s"
        case aiohttp.InvalidURL():
            told = f"{host} is no address; {_ways(account)}"
        case Unreadable():
            told = str(error)
        case _:
            told = f"the connection to {host} broke off"
    return told


def is_away(error: Exception) -> tuple[bool, bool]:
    """Whether no connection came about, which may pass by itself; and whether that is for want of a network here."""
    match error:
        case aiohttp.ClientSSLError():
            return False, False
        case aiohttp.ClientConnectorError():
            return True, isinstance(error.os_error, socket.gaierror) or error.os_error.errno in OFFLINE
        case aiohttp.ConnectionTimeoutError():
            return True, False
        case _:
            return False, False


def _ways(account: Account) -> str:
    return f"{account.address_setting} sets its address, {account.proxy_setting} a proxy"


def _host(url: str) -> str:
    """Host and port, without a user's name and password."""
    return urlsplit(url).netloc.rpartition("@")[2] or "an empty address"


def _why(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "no such host is known"
    known = {errno.ECONNREFUSED: "nobody listens there", errno.ENETUNREACH: "no network", errno.EHOSTUNREACH: "no way there"}
    return known.get(error.errno or 0) or "no connection"
