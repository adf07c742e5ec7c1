"""Evidence comes in: by form, by drop, or from the folder that the server was started for."""

import asyncio
import io
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from plegma.app.anonymising import showable
from plegma.web import ui_words as w
from plegma.web.cases import Case, Waiting, new_id
from plegma.web.folders import entries
from plegma.web.guards import owner_of
from plegma.web.pages import size_in
from plegma.web.runs import Job
from plegma.web.sites import RefusedError, Site, at_most, browser_of, small_form, wants_json
from plegma.web.uploads import PASTED, title_of, top_names, write

_FIELDS = 8


async def hand_in(site: Site, request: Request) -> Response:
    """POST /cases: files and pasted text become a case. Raises RefusedError."""
    if site.runs.full():
        raise RefusedError(503, w.BUSY)
    with site.runs.coming():
        case, job = await _taken_in(site, request)
    return await _begin(site, request, case, job)


async def _taken_in(site: Site, request: Request) -> tuple[Case, Job]:
    """What was sent, kept in a folder. Raises RefusedError."""
    settings = site.settings
    too_large = RefusedError(413, w.TOO_LARGE, size_in(settings.upload))
    if int(request.headers.get("content-length") or 0) > settings.upload:
        raise too_large
    bounded = Request(request.scope, at_most(request.receive, settings.upload, too_large))
    try:
        async with asyncio.timeout(settings.upload_time):
            form = await bounded.form(max_files=settings.files, max_fields=_FIELDS, max_part_size=settings.pasted)
    except HTTPException as error:  # Starlette's word for a form that is broken or beyond its bounds
        raise RefusedError(400, w.TOO_MANY, settings.files, size_in(settings.pasted)) from error
    except TimeoutError as error:
        raise RefusedError(408, w.TOO_SLOW, round(settings.upload_time)) from error
    try:
        if not site.is_form_key(request, form.get("key")):
            raise RefusedError(403, w.STALE)
        return await asyncio.to_thread(_kept, site, request, form)
    finally:
        await form.close()


async def hand_in_entry(site: Site, request: Request) -> Response:
    """POST /folder: an entry of the server's own folder becomes a case. Raises RefusedError."""
    folder = site.settings.folder
    form = await small_form(request)
    told = form.get("name")
    if not site.is_form_key(request, form.get("key")):
        raise RefusedError(403, w.STALE)
    if site.runs.full():
        raise RefusedError(503, w.BUSY)
    name = (await asyncio.to_thread(entries, folder)).get(str(told)) if folder is not None else None
    if folder is None or name is None:
        raise RefusedError(404, w.NOT_FOUND)
    case = _new(request, str(told), 0, 0)
    return await _begin(site, request, case, Job(case.id, folder, (name,), None))


async def _begin(site: Site, request: Request, case: Case, job: Job) -> Response:
    await asyncio.to_thread(site.store.add, case)
    await asyncio.to_thread(site.store.trim, site.settings.kept)
    site.runs.add(job)
    path = f"/cases/{case.id}"
    return JSONResponse({"id": case.id, "url": path}, 201, {"Location": path}) if wants_json(request) else RedirectResponse(path, 303)


def _kept(site: Site, request: Request, form: FormData) -> tuple[Case, Job]:
    """Writes what was sent to a folder of its own; the case is not in the store yet. Raises RefusedError."""
    folder = Path(mkdtemp(prefix="in-", dir=site.runs.incoming))
    try:
        return _written(request, form, folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise RefusedError(400, w.UNWRITABLE) from error
    except RefusedError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _written(request: Request, form: FormData, folder: Path) -> tuple[Case, Job]:
    files = [part for part in form.getlist("files") if isinstance(part, UploadFile) and part.filename]
    sizes = [write(folder, file.filename or "", file.file) for file in files]
    text = form.get("text")
    pasted = isinstance(text, str) and bool(text.strip())
    if isinstance(text, str) and pasted:
        lines = text.replace("\r\n", "\n")  # forms carry text with CRLF, whatever the person pasted
        sizes.append(write(folder, PASTED, io.BytesIO(lines.encode("utf-8", "surrogatepass"))))
    if not sizes:
        raise RefusedError(400, w.NOTHING)
    names = top_names(folder)
    case = _new(request, title_of(names, pasted), len(sizes), sum(sizes))
    return case, Job(case.id, folder, names, folder)


def _new(request: Request, title: str, files: int, size: int) -> Case:
    return Case(new_id(), owner_of(browser_of(request)), showable(title), time.time(), files, size, Waiting())
