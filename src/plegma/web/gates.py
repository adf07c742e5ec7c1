"""The one way in: checks each request before any page sees it, and puts the same headers on every answer."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plegma.web.guards import YEAR, Guard, bearer_of, new_browser

ENTER = "/enter"
_SAFE = {"GET", "HEAD"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""What an answer carries unless its page says otherwise."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Wraps the whole application; `stranger` makes the page that asks for the token."""

    app: ASGIApp
    guard: Guard
    stranger: Callable[[Request], Response]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; anything but HTTP (and the start and end of the server) is turned away."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        known = request.cookies.get(self.guard.browser_cookie, "")
        browser = known or new_browser()
        scope.setdefault("state", {})["browser"] = browser

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not known:
                    headers.append("Set-Cookie", cookie(self.guard.browser_cookie, browser, YEAR))
            await send(message)

        refusal = self._refusal(request)
        await (refusal or self.app)(scope, receive, answer)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to a request that goes no further."""
        host = request.headers.get("host", "")
        if not self.guard.is_ours(host):
            return PlainTextResponse("This server does not answer to that name; plegma serve --name adds one.\n", 421)
        if request.method not in _SAFE and not self.guard.is_same_origin(
            request.headers.get("origin"), request.headers.get("sec-fetch-site"), host
        ):
            return PlainTextResponse("The request comes from another site.\n", 403)
        token = request.query_params.get("token")
        if request.method in _SAFE and token is not None and self.guard.knows(token):
            return welcome(self.guard, _without_token(request))
        if request.url.path == ENTER or self._is_in(request):
            return None
        return self.stranger(request)

    def _is_in(self, request: Request) -> bool:
        return self.guard.may_enter(request.cookies, bearer_of(request.headers.get("authorization", "")))


def welcome(guard: Guard, path: str) -> Response:
    """To a path, with the cookie that stands for the token."""
    response = RedirectResponse(path, 303)
    response.headers.append("Set-Cookie", cookie(guard.pass_cookie, guard.passed(), None))
    return response


def cookie(name: str, value: str, age: int | None) -> str:
    """A Set-Cookie header: no script reads it, no other site's page sends it. Without an age it ends with the browser."""
    kept = "" if age is None else f"; Max-Age={age}"
    return f"{name}={value}; Path=/{kept}; HttpOnly; SameSite=Strict"


def _without_token(request: Request) -> str:
    """The path and query of a request, without the token: it must not stay in the address bar."""
    rest = urlencode([(key, value) for key, value in parse_qsl(request.url.query) if key != "token"])
    path = "/" + quote(request.scope["path"].lstrip("/"))  # "//host" and "/\\host" would lead to another site
    return f"{path}?{rest}" if rest else path
