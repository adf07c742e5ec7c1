"""Secrets are masked wherever they stand, and nothing that a diagnosis needs is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plegma.evidence.secrets import mask, masked_file, masked_within

JWT = "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f'Authorization: Bearer {JWT}', JWT),
        ("curl -H 'Authorization: Bearer abc123def456ghi' https://10.0.0.1:6443", "abc123def456ghi"),
        ("DB_PASSWORD=hunter2 ./run", "hunter2"),
        ("      DB_PASSWORD:  hunter2", "hunter2"),
        ("mysql --password=s3cr3t -h db", "s3cr3t"),
        ("mysql --password s3cr3t -h db", "s3cr3t"),
        ("connect to postgres://shop:pa55w0rd@db.shop9:5432/orders failed", "pa55w0rd"),
        ('"auths":{"reg.example":{"auth":"c2hvcDpwYTU1dzByZA=="}}', "c2hvcDpwYTU1dzByZA=="),
        ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"),
        ("using key AKIAIOSFODNN7EXAMPLE for s3", "AKIAIOSFODNN7EXAMPLE"),
        ("key=AIzaSyA1234567890abcdefghijklmnopqrstuv", "AIzaSyA1234567890abcdefghijklmnopqrstuv"),
        ("AccountName=x;AccountKey=" + "Ab1+" * 12 + "==;EndpointSuffix=core", "Ab1+" * 12),
        ("kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef --discovery", "abcdef.0123456789abcdef"),
        ("the token is q7x2m9.k3v8s1t6w4y0z5ab", "q7x2m9.k3v8s1t6w4y0z5ab"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAAAA\n-----END RSA PRIVATE KEY-----\nnext", "MIIEow"),
        ('{"private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEvg\\n-----END PRIVATE KEY-----\\n"}', "MIIEvg"),
        ('"env": [\n  {\n    "name": "SMTP_PASSWORD",\n    "value": "tiger lily"\n  }', "tiger lily"),
        ("    env:\n    - name: API_TOKEN\n      value: 9f8e7d6c\n", "9f8e7d6c"),
        ("apiVersion: v1\ndata:\n  user: c2hvcA==\n  pass: cGE1NXcwcmQ=\nkind: Secret\n", "cGE1NXcwcmQ="),
        ('{"kind": "Secret", "data": {"pass": "cGE1NXcwcmQ="}, "type": "Opaque"}', "cGE1NXcwcmQ="),
        ('last-applied: "{\\"kind\\":\\"Secret\\",\\"stringData\\":{\\"pass\\":\\"plain text\\"}}"', "plain text"),
        ("pushing with ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
        ('"client_secret":"Zx8~Qw.1234"', "Zx8~Qw.1234"),
        ("kubectl get pods --token=s3cr3tT0k", "s3cr3tT0k"),
        ("kubelet --token abcdefgh12 --v=2", "abcdefgh12"),
        ("GET /sessions?token=a1b2c3d4 HTTP/1.1", "a1b2c3d4"),
        ("    client-key-data: LS0tLS1CRUdJTg==", "LS0tLS1CRUdJTg=="),
    ],
)  # fmt: skip
def test_a_secret_is_masked_and_its_kind_said(text: str, secret: str) -> None:
    masked = mask(text)
    assert secret not in masked
    assert "***(" in masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        'pod "shop/cart-0" podUID="0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"',
        f"failed to get sandbox {'5e' * 32}: not found",
        f"image reg.example/cart@sha256:{'7d' * 32}",
        "dial tcp 10.96.0.1:443: connect: connection refused",
        'MountVolume.SetUp failed for volume "tls" : secret "cart-tls" not found',
        'Error: couldn\'t find key password in Secret shop9/cart',
        '"Couldn\'t get secret" secret="shop9/default-token-x7k2p" err="not found"',
        "      DB_PASSWORD:  <set to the key 'password' in secret 'db'>  Optional: false",
        "    secretName: cart-tls",
        "    automountServiceAccountToken: true",
        "              expirationSeconds: 3607",
        "FATAL: password authentication failed for user shop",
        "wrong password: try another one",
        "--token-auth-file=/etc/kubernetes/tokens.csv --service-account-key-file=/etc/kubernetes/pki/sa.pub",
        "invoice-x2.18ead1eab7fd82f0   Warning   FailedMount",
        "event ledger.18ead1ea9ff0b792 created",
        "k8s_mysql.024cadf4_cart-0_shop9",
        "PWD=/root OLDPWD=/etc",
        "Unauthorized: the token has expired",
        "GET /login?token=expired HTTP/1.1",
        '"name": "PATH",\n"value": "/usr/bin"',
        "apiVersion: v1\ndata:\n  mode: fast\nkind: ConfigMap\n",
        "E0302 08:21:40.120481     911 kubelet.go:2424] node \"wk-7.example.internal0systems1a\" not found",
    ],
)  # fmt: skip
def test_what_a_diagnosis_needs_is_left_as_it_is(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=300))
def test_masking_never_fails_and_settles_at_once(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked


@given(
    st.lists(
        st.sampled_from(
            ["password=", '"token": "', "Bearer ", "kind: Secret\n", "data:\n  a: b\n", "x", " ", "\n", '"', "eyJ", "://u:p@h", "'", "\\"]
        ),
        max_size=30,
    )
)
def test_masking_settles_on_pieces_of_secrets(pieces: list[str]) -> None:
    masked = mask("".join(pieces))
    assert mask(masked) == masked


OBJECTS: tuple[tuple[Any, Any], ...] = (
    ({"kind": "Secret", "data": {"cert": "c2VjcmV0", "more": 'a"b'}},
     {"kind": "Secret", "data": {"cert": "***(Secret data)", "more": "***(Secret data)"}}),
    ({"kind": "Secret", "stringData": {"config": '{"user": "app", "code": "x"}'}},
     {"kind": "Secret", "stringData": {"config": "***(Secret data)"}}),
    ({"password": 'hun"ter\n2'}, {"password": "***(password)"}),
    ({"env": [{"name": "DB_PASSWORD", "value": 'x"y'}, {"name": "MODE", "value": "fast"}]},
     {"env": [{"name": "DB_PASSWORD", "value": "***(environment)"}, {"name": "MODE", "value": "fast"}]}),
    ({"auths": {"r.example": {"auth": "dXNlcjpwYXNzd29yZA=="}}}, {"auths": {"r.example": {"auth": "***(registry auth)"}}}),
    ({"args": ["--token=abcdef0123456789ABCDEF", "-v=2"]}, {"args": ["--token=***(token)", "-v=2"]}),
    ({"kind": "ConfigMap", "data": {"mode": "fast"}, "secretName": "db", "passwordFile": "/run/p"},
     {"kind": "ConfigMap", "data": {"mode": "fast"}, "secretName": "db", "passwordFile": "/run/p"}),
    ({"password": "", "restartCount": 3, "token": None}, {"password": "", "restartCount": 3, "token": None}),
)  # fmt: skip


@pytest.mark.parametrize(("value", "shown"), OBJECTS)
def test_json_is_masked_by_its_fields(value: object, shown: object) -> None:
    assert masked_within(value) == shown
    assert masked_within(shown) == shown


@pytest.mark.parametrize(("value", "shown"), OBJECTS)
def test_a_file_of_json_stays_json(value: object, shown: object) -> None:
    assert json.loads(masked_file(json.dumps(value, indent=2))) == shown
    assert masked_file(f"# cat config\n{json.dumps({'password': 'hunter2'})}\n") == '# cat config\n{"password": "***(password)"}\n'
