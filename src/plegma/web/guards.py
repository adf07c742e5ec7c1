"""What stands before every request: is it addressed to us, does it come from a page of ours, does it know the token.

All of it is decided from a request's headers; nothing of a request is read or answered before.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

YEAR = 365 * 24 * 3600
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides with a server's secrets. `key` is new at each start, so forms and passes of an earlier server do not count."""

    token: str
    names: frozenset[str]
    port: int
    key: bytes = field(default_factory=lambda: secrets.token_bytes(_SECRET_BYTES))

    def is_ours(self, host: str) -> bool:
        """Is that Host header one of ours? A name that merely resolves to us is not: so DNS rebinding fails.

        An address cannot be rebound; the port is free, for tunnels (ssh -L) change it.
        """
        name = _host_name(host)
        return name == "localhost" or name in self.names or _is_address(name)

    def is_same_origin(self, origin: str | None, site: str | None, host: str) -> bool:
        """Does a request that changes something come from a page of ours, or from no page at all?

        Our pages send no referrer, so browsers say `Origin: null` for their forms; then Sec-Fetch-Site decides.
        """
        if origin is None:
            return site in {None, "same-origin", "none"}
        return site == "same-origin" if origin == "null" else urlsplit(origin).netloc == host

    def knows(self, token: str) -> bool:
        """Is that the token? Takes the same time for any answer."""
        return bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())

    @property
    def pass_cookie(self) -> str:
        """The name of the cookie that stands for the token; cookies are shared between ports, so the port is in it."""
        return f"plegma-pass-{self.port}"

    @property
    def browser_cookie(self) -> str:
        """The name of the cookie that a browser's list of cases belongs to."""
        return f"plegma-browser-{self.port}"

    def passed(self) -> str:
        """What the cookie holds that stands for the token: not the token, and worth nothing after a restart."""
        return hmac.new(self.key, b"pass", sha256).hexdigest()

    def may_enter(self, cookies: Mapping[str, str], bearer: str | None) -> bool:
        """Was the token shown, now or before? True when none is asked for."""
        if not self.token or (bearer is not None and self.knows(bearer)):
            return True
        return hmac.compare_digest(cookies.get(self.pass_cookie, "").encode(), self.passed().encode())

    def form_key(self, browser: str) -> str:
        """What each form of a browser's pages carries, so that no other page can send it."""
        return hmac.new(self.key, b"form" + browser.encode(), sha256).hexdigest()

    def is_form_key(self, browser: str, told: str) -> bool:
        """Is that the browser's?"""
        return bool(browser) and hmac.compare_digest(told.encode(), self.form_key(browser).encode())


def new_browser() -> str:
    """The secret of a browser that was not here before."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def owner_of(browser: str) -> str:
    """What is kept of a browser's secret."""
    return sha256(browser.encode()).hexdigest()


def bearer_of(header: str) -> str | None:
    """The token of an Authorization header."""
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _host_name(host: str) -> str:
    """The name or address of a Host header, without port and brackets, in lower case."""
    if host.startswith("["):
        name, bracket, _ = host[1:].partition("]")
        return name if bracket else ""
    return host.partition(":")[0].lower().rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
