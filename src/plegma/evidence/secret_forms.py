"""How secrets are written: by their own form, by the name that they are given, and as the data of a Secret."""

from msgspec import Struct

QUOTE = r"""\\{0,8}["']"""
"""A quote, escaped as often as JSON stands in JSON."""
_NEW = r"(?!\*\*\*)"
"""What is masked already stays so."""


class Form(Struct, frozen=True):
    """A secret that is known by its form: `hints` (lower case) of which one must be in the text, and what is replaced."""

    kind: str
    hints: tuple[str, ...]
    pattern: str
    group: int = 0


FORMS: tuple[Form, ...] = (
    Form("private key", ("private key-----",), r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\Z)"),
    Form("JWT", ("eyj",), r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"),
    Form("bearer token", ("bearer",), rf"(?i)\bbearer[ :]+{_NEW}([\w.~+/-]{{8,}}=*)", 1),
    Form("basic auth", ("basic",), rf"(?i)\bauthorization\W{{1,6}}basic +{_NEW}([\w+/-]{{6,}}=*)", 1),
    Form("URL password", ("://",), rf"://[^\s/:@\"'<>]{{0,80}}:{_NEW}([^\s/@\"'<>]{{1,200}})@", 1),
    Form("registry auth", ("auth",), rf"{QUOTE}auth{QUOTE}\s*:\s*{QUOTE}{_NEW}([\w+/-]{{8,}}=*)", 1),
    Form("AWS key id", ("akia", "asia"), r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    Form("Google key", ("aiza", "ya29."), r"\bAIza[\w-]{35}|\bya29\.[\w-]{20,}"),
    Form("Azure key", ("sig=",), rf"[?&]sig={_NEW}([\w%+/=-]{{20,}})", 1),
    Form("Azure key", ("accountkey=",), rf"(?i)\baccountkey={_NEW}([\w+/]{{40,}}=*)", 1),
    Form("GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"), r"\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,})"),
    Form("service token", ("glpat-", "xox", "npm_"), r"\b(?:glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|npm_\w{30,})"),
    Form("bootstrap token", ("token",), r"(?i)\btoken\W{1,6}([a-z0-9]{6}\.[a-z0-9]{16})(?![\w-])", 1),
    # beside the word "token" any; elsewhere only what is no event's name ("web-0.18ead1ea9ff0b792") and no host's
    Form("bootstrap token", (".",), r"(?<![\w./-])[a-z0-9]{6}\.(?=[0-9a-f]{0,15}[g-z])(?=[a-z]{0,15}[0-9])[a-z0-9]{16}(?![\w./-])"),
    Form("token", ("token",), rf"(?i)(?<![\w-])(?:--)?token(?:{QUOTE})?[ \t]*[=: ][ \t]*(?:{QUOTE})?{_NEW}([\w.~+-]{{20,}}=*)", 1),
    # a short one is told from a word by a digit or a capital letter in it
    Form("token", ("token=", "--token"), rf"(?<![\w-])(?:(?:--)?token=|--token[ \t]+){_NEW}(?=[\w.~+-]*[A-Z0-9])([\w.~+-]{{6,}}=*)", 1),
)

KEY = (
    r"(?:[\w.-]*(?:password|passwd|passphrase|api[-_.]?key|secret[-_.]?key|access[-_.]?key|account[-_.]?key|client[-_.]?secret"
    r"|client-key-data|(?:auth|access|refresh|session|identity|registry|bot|join)[-_.]?token)|\w+[-_]pwd"
    r"|(?-i:[A-Z0-9_]+_(?:TOKEN|SECRET|PASS|PW|KEY|CREDENTIALS?)))"
)
"""Names that say that what they name is secret. A Secret's own name, a key's file or path are not."""
KEY_HINTS = ("passw", "passphrase", "key", "token", "secret", "pwd", "_pass", "_pw", "credential")
"""One of these stands, in lower case, in every text in which KEY matches."""
VALUE = (
    rf"(?:(?P<quote>{QUOTE}){_NEW}(?P<quoted>(?:(?!(?P=quote))[^\n])+)"
    r"|(?P<bare>[^\s\"'\\,;&}\]<*/(\[{|>][^\s\"'\\,;&}\]]*))"
)
NAMED = rf"(?i)(?<![\w.-])(?P<key>(?:--?)?{KEY})(?:{QUOTE})?[ \t]*(?P<between>[=:])[ \t]*{VALUE}"
FLAG = rf"(?i)(?<![\w.-])--?{KEY}[ \t]+(?P<bare>[^\s\"'\\<*-][^\s\"'\\]*)"
ENVIRONMENT = rf"(?i)\bname(?:{QUOTE})?\s*:\s*(?:{QUOTE})?{KEY}(?:{QUOTE})?,?\s+(?:{QUOTE})?value(?:{QUOTE})?:[ \t]*{VALUE}"
"""A container's `env`, in JSON and YAML: the name on one line, the value on the next."""

SECRET = rf"kind(?:{QUOTE})?\s*:\s*(?:{QUOTE})?Secret\b"
YAML_DATA = r"(?m)^(?P<indent>[ \t]*)(?:data|stringData):[ \t]*\n(?P<body>(?:(?P=indent)[ \t]+\S[^\n]*(?:\n|\Z))+)"
YAML_VALUE = r"(?m)^[ \t]+[\w.-]+:[ \t]*(?!\*\*\*)(?P<bare>\S[^\n]*)$"
JSON_DATA = rf"{QUOTE}(?:data|stringData){QUOTE}\s*:\s*\{{(?P<body>[^{{}}]*)\}}"
JSON_VALUE = rf":\s*(?P<quote>{QUOTE}){_NEW}(?P<quoted>(?:(?!(?P=quote))[^\n])+)"
