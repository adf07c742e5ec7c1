"""Objects stay JSON when their secrets are masked."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plegma.evidence.read.live.writings import as_json, as_text

_NAMES = st.sampled_from(["password", "token", "data", "kind", "message", "apiVersion", "client_secret", "args", "x"])
_TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            'password="a b"',
            "--token=abc",
            'Authorization: Bearer abc.def"',
            "postgres://u:p@h/db",
            "Secret",
            '{"password": "x\\"y"}',
            "api_key: 'k\\",
        ]
    ),
)
_VALUES = st.recursive(
    _TEXTS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=5))
def test_whatever_is_masked_the_text_stays_an_object_with_the_same_fields(value: dict[str, object]) -> None:
    found = json.loads(as_json(value))
    assert found.keys() == value.keys()


def test_a_secret_goes_and_what_a_diagnosis_needs_stays() -> None:
    text = as_json({"message": "login with password=hunter2 failed", "uid": "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11"}).decode()
    assert "hunter2" not in text
    assert "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11" in text
    assert b"hunter2" not in as_text(b"DB_PASSWORD=hunter2\n\xff")
