"""The page's style and script, and the content security policy that allows these two and nothing else."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files


@cache
def asset(name: str) -> str:
    """One file of the package's `static` folder, as it goes into the page."""
    return files("plegma.report.html").joinpath("static", name).read_text(encoding="utf-8").strip()


def template(name: str) -> str:
    """One file of the package's `templates` folder."""
    return files("plegma.report.html").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def policy() -> str:
    """The page's Content-Security-Policy: its own style and script by hash, no network, no frames, no forms.

    It is the same for every page, so a server can send it as a header (with `frame-ancestors`, which a page's own
    `meta` element cannot hold). Data blocks (`type="application/json"`) are not run and need no allowance.
    """
    return (
        f"default-src 'none'; style-src '{_hash(asset('page.css'))}'; script-src '{_hash(asset('page.js'))}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
