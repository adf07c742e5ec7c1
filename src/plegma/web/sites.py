"""What all pages share: the settings, the store, the runs, and how a page is answered."""

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Message, Receive

from plegma.model.texts import Lang, Text
from plegma.web import ui_words
from plegma.web.cases import Case
from plegma.web.gates import cookie
from plegma.web.guards import YEAR, Guard, bearer_of, owner_of
from plegma.web.pages import page, policy
from plegma.web.runs import Runs
from plegma.web.settings import Settings
from plegma.web.stores import Store

_LANGUAGE = "plegma-language"
_SMALL = 64 * 1024


class RefusedError(Exception):
    """A request that is answered with a reason; `values` fill the reason's places."""

    def __init__(self, status: int, why: Text, *values: object) -> None:
        self.status = status
        self.why = Text(why.en.format(*values), why.ja.format(*values))
        super().__init__(self.why.en)


@dataclass(frozen=True, slots=True)
class Site:
    """One server."""

    settings: Settings
    store: Store
    runs: Runs
    guard: Guard

    def html(self, request: Request, template: str, code: int = 200, **values: object) -> Response:
        """A page in the reader's language, which a `?lang=` in its address changes for good."""
        lang = language(request)
        response = HTMLResponse(page(template, lang, values), code, {"Content-Security-Policy": policy()})
        if request.query_params.get("lang") in {"en", "ja"}:
            response.headers.append("Set-Cookie", cookie(_LANGUAGE, lang, YEAR))
        return response

    def refused(self, request: Request, error: RefusedError) -> Response:
        """A refusal as the reader wants it: a page, or JSON for a script."""
        if wants_json(request):
            return JSONResponse({"error": error.why.in_(language(request))}, error.status)
        return self.html(request, "error", error.status, status=error.status, why=error.why)

    def form_key(self, request: Request) -> str:
        """What the forms of this reader's pages carry."""
        return self.guard.form_key(browser_of(request))

    def is_form_key(self, request: Request, told: object) -> bool:
        """Was the form one of this reader's pages? A request that carries the token itself needs none."""
        bearer = bearer_of(request.headers.get("authorization", ""))
        if self.guard.token and bearer is not None and self.guard.knows(bearer):
            return True
        return isinstance(told, str) and self.guard.is_form_key(browser_of(request), told)


async def small_form(request: Request) -> FormData:
    """A form of a few short fields. Raises RefusedError when it is no such form."""
    bounded = Request(request.scope, at_most(request.receive, _SMALL, RefusedError(413, ui_words.TOO_LARGE, "64 KiB")))
    try:
        return await bounded.form(max_files=0, max_fields=8)
    except HTTPException as error:  # Starlette's word for a broken form
        raise RefusedError(400, ui_words.TOO_MANY, 0, "64 KiB") from error


def at_most(receive: Receive, most: int, too_large: RefusedError) -> Receive:
    """A request's body, cut off with a refusal where it gets larger than it may be, whatever its headers said."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise too_large
        return message

    return bounded


def browser_of(request: Request) -> str:
    """The secret of the reader's browser."""
    return str(request.state.browser)


def owns(request: Request, case: Case) -> bool:
    """Did this browser make the case?"""
    return owner_of(browser_of(request)) == case.owner


def wants_json(request: Request) -> bool:
    """Does a script ask?"""
    return "application/json" in request.headers.get("accept", "")


def language(request: Request) -> Lang:
    """The language asked for now or before, else the first of the browser's that we speak."""
    asked = request.query_params.get("lang") or request.cookies.get(_LANGUAGE)
    if asked in {"en", "ja"}:
        return "ja" if asked == "ja" else "en"
    told = (part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))
    return "ja" if next((lang for lang in told if lang in {"en", "ja"}), "en") == "ja" else "en"
