"""The pages and what they ask for, by path."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from plegma.report.html.policies import policy as report_policy
from plegma.web import ui_words as w
from plegma.web.cases import Case, Done, Running, Waiting
from plegma.web.folders import entries
from plegma.web.gates import ENTER, Gate, welcome
from plegma.web.guards import owner_of
from plegma.web.handing_in import hand_in, hand_in_entry
from plegma.web.pages import progress
from plegma.web.sites import RefusedError, Site, browser_of, language, owns, small_form

_BRAND = b'<span class="brand">plegma</span>'
_REPORT_HEADERS = {"Content-Security-Policy": f"{report_policy()}; frame-ancestors 'none'"}
Page = Callable[[Site, Request], Awaitable[Response]]


def application(site: Site) -> Gate:
    """The whole server behind its gate; its runs start and end with it."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        site.runs.start()
        yield
        await site.runs.close()

    def at(path: str, page: Page, method: str = "GET") -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                return await page(site, request)
            except RefusedError as error:
                return site.refused(request, error)

        return Route(path, endpoint, methods=[method])

    async def other(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return site.refused(request, RefusedError(status, w.NOT_FOUND))

    routes = [
        at("/", home), at("/cases", hand_in, "POST"), at("/folder", hand_in_entry, "POST"),
        at(ENTER, enter_page), at(ENTER, enter, "POST"),
        at("/cases/{id}", case_page), at("/cases/{id}/events", events), at("/cases/{id}/report", report),
        at("/cases/{id}/report.html", download("report.{}.html", "text/html")),
        at("/cases/{id}/report.md", download("report.{}.md", "text/markdown")),
        at("/cases/{id}/postmortem.md", download("postmortem.{}.md", "text/markdown")),
        at("/cases/{id}/diagnosis.json", download("diagnosis.{}.json", "application/json")),
        at("/cases/{id}/delete", delete, "POST"),
    ]  # fmt: skip
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: other, 405: other})
    return Gate(app, site.guard, lambda request: site.html(request, "enter", 401, wrong=False))


async def home(site: Site, request: Request) -> Response:
    """GET /: where evidence is handed in, and the cases that this browser made."""
    cases = await asyncio.to_thread(site.store.made_by, owner_of(browser_of(request)))
    folder = site.settings.folder
    found = list(await asyncio.to_thread(entries, folder)) if folder is not None else []
    return site.html(
        request, "home", cases=[(case, site.runs.state(case)) for case in cases], folder=os.fspath(folder) if folder is not None else None,
        entries=found, key=site.form_key(request), most=site.settings.upload, most_files=site.settings.files,
    )  # fmt: skip


async def enter_page(site: Site, request: Request) -> Response:
    """GET /enter: asks for the token."""
    return site.html(request, "enter", wrong=False)


async def enter(site: Site, request: Request) -> Response:
    """POST /enter: the token, typed."""
    token = (await small_form(request)).get("token")
    if isinstance(token, str) and site.guard.knows(token.strip()):
        return welcome(site.guard, "/")
    return site.html(request, "enter", 401, wrong=True)


async def case_page(site: Site, request: Request) -> Response:
    """GET /cases/{id}: how far it is; then what came out, its link, its documents."""
    case = await _case(site, request)
    state = site.runs.state(case)
    return site.html(
        request, "case", case=case, state=state, done=isinstance(state, Done), under_way=isinstance(state, Waiting | Running),
        own=owns(request, case), key=site.form_key(request), token=bool(site.guard.token),
        link=f"{request.url.scheme}://{request.url.netloc}/cases/{case.id}",
    )  # fmt: skip


async def events(site: Site, request: Request) -> Response:
    """GET /cases/{id}/events: each state of the case as a server-sent event, until its last."""
    case, lang = await _case(site, request), language(request)

    async def told() -> AsyncIterator[str]:
        async for state in site.runs.states(case):
            yield f"data: {json.dumps({'state': type(state).__name__, 'text': progress(state, lang)})}\n\n"

    return StreamingResponse(told(), media_type="text/event-stream")


async def report(site: Site, request: Request) -> Response:
    """GET /cases/{id}/report: the report, with a way back to the case."""
    case = await _case(site, request)
    body = await _document(site, request, "report.{}.html")
    way_back = f'<span class="brand"><a href="/cases/{case.id}">← plegma</a></span>'.encode()
    return Response(body.replace(_BRAND, way_back, 1), 200, _REPORT_HEADERS, "text/html")


def download(name: str, media_type: str) -> Page:
    """A document of a case as a file, byte for byte what the command line writes."""

    async def page(site: Site, request: Request) -> Response:
        body = await _document(site, request, name)
        shown = name.replace(".{}", "")
        return Response(body, 200, {"Content-Disposition": f'attachment; filename="{shown}"'}, media_type)

    return page


async def delete(site: Site, request: Request) -> Response:
    """POST /cases/{id}/delete: by the browser that made it."""
    case = await _case(site, request)
    if not site.is_form_key(request, (await small_form(request)).get("key")):
        raise RefusedError(403, w.STALE)
    if not owns(request, case):
        raise RefusedError(403, w.NOT_YOURS)
    site.runs.drop(case.id)
    await asyncio.to_thread(site.store.delete, case.id)
    return RedirectResponse("/", 303)


async def _case(site: Site, request: Request) -> Case:
    case = await asyncio.to_thread(site.store.get, request.path_params["id"])
    if case is None:
        raise RefusedError(404, w.NOT_FOUND)
    return case


async def _document(site: Site, request: Request, name: str) -> bytes:
    body = await asyncio.to_thread(site.store.document, request.path_params["id"], name.format(language(request)))
    if body is None:
        raise RefusedError(404, w.NOT_FOUND)
    return body
