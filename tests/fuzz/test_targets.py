"""The fuzz targets hold on all their seeds, and on what was once found, without atheris."""

from pathlib import Path

import pytest
from fuzz.targets import TARGETS

ONCE_FOUND = {
    "text": [
        b"CONTAINER  DI       IMAGE                                       COMMAND                  CREATED             STATUS     (  "
        b"            PORTS      d         NAMES\n"
    ],
    "line": [b'{"t":17e4090370012,"3r":"kub","msg":"x"}'],
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(tmp_path_factory.getbasetemp(), "cache")))


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_on_its_seeds(name: str) -> None:
    for seed in TARGETS[name].seeds():
        TARGETS[name].call(seed)


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, found in ONCE_FOUND.items() for data in found])
def test_what_was_once_found_is_not_found_again(name: str, data: bytes) -> None:
    TARGETS[name].call(data)
