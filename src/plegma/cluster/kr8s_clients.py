"""Asking with kr8s (extra `live`), which reads kubeconfigs, runs credential plugins and speaks HTTP."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx
from kr8s.asyncio import Api

from plegma.cluster.clients import Access
from plegma.cluster.outcomes import Answer, Outcome, Refusal, Silence, refusal_of
from plegma.cluster.requests import Request

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

_ACCEPT = {"Accept": "application/json, */*"}
"""As kubectl asks: the kubelet's log handler answers 406 where only JSON is accepted."""
_BAD_CREDENTIALS = (ValueError, KeyError, TypeError, RuntimeError, OSError, IndexError, AttributeError, ssl.SSLError)
"""What kr8s raises for kubeconfigs, certificates and credential plugins that are not as they should be."""

_STRANGE = frozenset({"tokenFile", "as", "as-groups", "as-uid", "as-user-extra"})
"""What kubectl honours in a kubeconfig's user and kr8s passes over: without it plegma would ask as somebody else, or as nobody."""


class Kr8sClient:
    """One connection pool, on an event loop of its own."""

    name = "kr8s"

    def __init__(self, access: Access) -> None:
        self._access = access
        self._runner = asyncio.Runner()
        self._api: Any = None

    def ask(self, request: Request, seconds: float) -> Outcome:
        """What came of the request within so many seconds."""
        return self._runner.run(self._within(request, seconds))

    async def _within(self, request: Request, seconds: float) -> Outcome:
        body = _Body(request.most)
        try:
            async with asyncio.timeout(seconds):
                return await self._asked(request, body)
        except TimeoutError:
            return body.cut or Silence("deadline", f"no answer within {seconds:.3g} s")

    async def _asked(self, request: Request, body: "_Body") -> Outcome:
        if isinstance(api := await self._connected(), Silence):
            return api
        outcome = await _once(api, request, body)
        if isinstance(outcome, Refusal) and outcome.status == 401:  # a token may have run out: read the credentials anew, once
            await self._let_go()
            if isinstance(api := await self._connected(), Silence):
                return api
            outcome = await _once(api, request, body)
        return outcome

    async def _connected(self) -> Any:
        """The kr8s object, or a Silence. Not made by its factory, which asks for /version first and fails where that is refused."""
        if self._api is None:
            try:
                api = Api(bypass_factory=True, kubeconfig=self._access.kubeconfig or None, context=self._access.context or None)
                await api.auth
                await api._create_session()
                if strange := _STRANGE & set(api.auth._user):
                    raise ValueError(f"kr8s does not know {', '.join(sorted(strange))} in the kubeconfig's user")
            except _BAD_CREDENTIALS as error:
                return Silence("credentials", f"{type(error).__name__}: {error}")
            self._api = api
        return self._api

    def lines(self, request: Request, seconds: float) -> Iterator[bytes | Refusal | Silence]:
        """The answer line by line as it comes, at most so many seconds long."""
        end = self._runner.get_loop().time() + seconds
        stream = self._lines(request)
        try:
            while (item := self._runner.run(_next(stream, end))) is not None:
                yield item
                if not isinstance(item, bytes):
                    return
        finally:
            self._runner.run(_closed(stream))

    async def _lines(self, request: Request) -> AsyncIterator[bytes | Refusal | Silence]:
        if isinstance(api := await self._connected(), Silence):
            yield api
            return
        try:
            async with _opened(api, request) as response:
                if response.is_error:
                    yield refusal_of(response.status_code, await response.aread(), response.headers.get("retry-after", ""))
                    return
                async for line in response.aiter_lines():
                    yield line.encode()
        except (httpx.HTTPError, ssl.SSLError, OSError) as error:
            yield Silence("connection", _said(error))

    def close(self) -> None:
        """Closes the pool, and removes the files that kr8s wrote keys and certificates of the kubeconfig to."""
        self._runner.run(self._let_go())
        self._runner.close()

    async def _let_go(self) -> None:
        api, self._api = self._api, None
        if api is not None:
            for file in _written(api.auth):
                file.unlink(missing_ok=True)
            with suppress(RuntimeError, httpx.HTTPError, OSError):
                await api._session.aclose()


class _Body:
    """What came of an answer so far, up to a bound; `ok` when its status is one of success."""

    def __init__(self, most: int) -> None:
        self._most, self._pieces, self._size = most, list[bytes](), 0
        self.ok = False

    def begin(self, response: httpx.Response) -> None:
        """Forgets what came of an answer before."""
        self._pieces, self._size, self.ok = [], 0, not response.is_error

    def add(self, piece: bytes) -> bool:
        """Takes a piece; true when there is room for more."""
        self._pieces.append(piece)
        self._size += len(piece)
        return self._size <= self._most

    @property
    def data(self) -> bytes:
        """The bytes, without those beyond the bound."""
        return b"".join(self._pieces)[: self._most]

    @property
    def is_over(self) -> bool:
        """Did more come than was wanted?"""
        return self._size > self._most

    @property
    def cut(self) -> Answer | None:
        """The beginning of an answer that broke off; None when nothing of it came."""
        return Answer(self.data, whole=False) if self.ok and self._size else None


async def _once(api: Any, request: Request, body: _Body) -> Outcome:
    try:
        async with _opened(api, request) as response:
            body.begin(response)
            async for piece in response.aiter_bytes():
                if not body.add(piece):
                    break
            if response.is_error:
                return refusal_of(response.status_code, body.data, response.headers.get("retry-after", ""))
            return Answer(body.data, response.headers.get("content-type", ""), whole=not body.is_over)
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as error:
        return body.cut or Silence("connection", _said(error))
    except (httpx.HTTPError, ssl.SSLError, OSError) as error:
        return Silence("connection", _said(error))


def _opened(api: Any, request: Request) -> "AbstractAsyncContextManager[httpx.Response]":
    """The response, whatever its status: kr8s' own handling of 401 and 403 would send each refused request four times."""
    base, _, last = request.target.partition("?")[0].rpartition("/")
    query = request.target.partition("?")[1:]
    headers = {**_ACCEPT, "Content-Type": request.content_type}
    opened: AbstractAsyncContextManager[httpx.Response] = api.call_api(
        request.method, version="", base=base, url=last + "".join(query), content=request.body or None, headers=headers, stream=True,
        raise_for_status=False,
    )  # fmt: skip
    return opened


async def _next(stream: AsyncIterator[bytes | Refusal | Silence], end: float) -> bytes | Refusal | Silence | None:
    try:
        async with asyncio.timeout_at(end):
            return await anext(stream, None)
    except TimeoutError:
        return None


async def _closed(stream: Any) -> None:
    await stream.aclose()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _written(auth: Any) -> Iterator[Path]:
    """Files that hold what the kubeconfig holds as data; kr8s leaves them behind."""
    for held, where in (("client-key-data", "client_key_file"), ("client-certificate-data", "client_cert_file")):
        if held in auth._user and isinstance(getattr(auth, where), str | anyio.Path):
            yield Path(getattr(auth, where))
    if "certificate-authority-data" in auth._cluster and auth.server_ca_file:
        yield Path(auth.server_ca_file)
