"""Lists that come in pages, and watches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plegma.cluster.outcomes import Answer, Refusal, Silence
from plegma.cluster.patience import Patient
from plegma.cluster.requests import Request

PAGE = 500
"""kubectl's own page size (--chunk-size)."""
_MOST_ANEW = 2
Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Some objects of a list, with the list's kind, apiVersion and resourceVersion; `last` when no more follow."""

    kind: str
    api_version: str
    resource_version: str
    items: list[dict[str, Any]]
    last: bool


@dataclass(frozen=True, slots=True)
class Anew:
    """The list changed too much under its pages (410 Expired): what came so far does not count, it begins again."""


def pages(client: Patient, request: Request, limit: int = PAGE) -> Iterator[Page | Anew | Refusal | Silence]:
    """A list page by page. Ends with its last page, or with why there is no more of it."""
    token, begun, anew = "", False, 0
    while True:
        asked = request.with_query(limit=str(limit), **({"continue": token} if token else {}))
        got = _page(client, asked)
        if isinstance(got, Refusal) and got.status == 410 and begun and anew < _MOST_ANEW:
            token, begun, anew = "", False, anew + 1
            yield Anew()
            continue
        if not isinstance(got, tuple):
            yield got
            return
        page, token = got
        begun = True
        yield page
        if page.last:
            return


def _page(client: Patient, request: Request) -> tuple[Page, str] | Refusal | Silence:
    import msgspec

    outcome = client.ask(request)
    if not isinstance(outcome, Answer):
        return outcome
    if not outcome.whole:
        return Silence("connection", f"the answer broke off after {len(outcome.body)} bytes")
    try:
        value = msgspec.json.decode(outcome.body)
        token = str(value["metadata"].get("continue") or "")
        version = str(value["metadata"].get("resourceVersion") or "")
        page = Page(str(value["kind"]), str(value["apiVersion"]), version, list(value["items"] or ()), last=not token)
    except (msgspec.DecodeError, RecursionError, LookupError, TypeError, AttributeError) as error:
        return Silence("connection", f"the answer is no list of Kubernetes objects: {type(error).__name__}: {error}")
    return page, token


@dataclass(frozen=True, slots=True)
class Change:
    """One event of a watch: ADDED, MODIFIED or DELETED, with the object as it is then."""

    type: str
    thing: Thing


def watch(client: Patient, request: Request, resource_version: str, seconds: float) -> Iterator[Change | Refusal | Silence]:
    """What changes after a resourceVersion, for so many seconds at most; a watch that breaks off is taken up where it was.

    Bookmarks are taken as what they are, a newer place to go on from. A refusal (410 when the place is too old: list
    again) is the last item.
    """
    import json

    end, place = client.left - seconds, resource_version
    while (left := client.left - end) > 0:
        asked = request.with_query(watch="true", allowWatchBookmarks="true", resourceVersion=place, timeoutSeconds=str(max(1, int(left))))
        for line in client.lines(asked, left):
            if not isinstance(line, bytes):
                if isinstance(line, Silence) and line.why == "connection" and place != resource_version:
                    break
                yield line
                return
            try:
                event = json.loads(line)
                kind, thing = str(event["type"]), event["object"]
                place = str(thing.get("metadata", {}).get("resourceVersion") or place)
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
                yield Silence("connection", "the watch broke off inside an event")
                return
            if kind == "ERROR":
                yield Refusal(int(thing.get("code") or 500), str(thing.get("reason") or ""), str(thing.get("message") or ""))
                return
            if kind != "BOOKMARK":
                yield Change(kind, thing)
