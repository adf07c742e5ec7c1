"""What kind of line it is, by itself: an elision, a fence, a person's sentence, a program's complaint."""

import re

from plegma.evidence.parse.openings import opens_message

_ELISION = re.compile(
    r"\s*(?:\.{2,}|…+|⋮|:|~|[(\[<（［【〈]{1,2}\s*(?:\.{2,}|…+|(?:[前中後以下]*略|省略|snip(?:ped)?|cut|truncated|omitted|skipped)\b)[^\w]{0,6}"
    r"|[前中後以下]{0,2}略|snip)\s*$",
    re.IGNORECASE,
)
_FENCE = re.compile(r"\s{0,8}(?:```|~~~)")
_CJK = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"), ("\uff00", "\uff60"))
"""Kana, ideographs, Hangul, full-width forms. As a class of a pattern they take 5 ms to compile."""
_PAGER = re.compile(r"\s*(?:--More--.*|\(END\)|lines \d+-\d+(?:/\d+)?.*|\[\d+/\d+\])$")
_MARKDOWN = re.compile(
    r"\s*(?:#{1,6}\s+\w|[-*•◦▪]\s+[A-Za-z*_`\[]|\d{1,2}[.)]\s+[A-Z]|\*\*(?! server can't find)|\|\s"
    r"|<!--|</?(?:details|summary|br|pre|code|p)\b|!\["
    r"|={4,}$|-{4,}$)"
)
_BULLET = re.compile(r"\s*[•◦▪‣]\s")
_PERSONAL = re.compile(
    r"(?:^|\W)(?:I|I'm|I've|We|we|my|My|our|Our|thanks|Thanks|Hello|Hi)(?=[\s,!])|\?$|\bhttps?://(?:github|stackoverflow)\.com/"
)
_TO_READER = re.compile(r"(?:^|\W)(?:you|You|your|please|Please)(?=[\s,!])")
_PROGRAM_SAID = re.compile(
    r"rpc error: code = |Error response from daemon: |Server message: |toomanyrequests: |failed to run Kubelet: "
    r"|could not restore state from checkpoint|static policy invalid state|\w(?:LimitExceeded|UnauthorizedOperation): "
    r"|swap on is not supported|is no longer supported|client version \S+ is too old|requirement error: |autorest/azure: "
)
"""Programs that say "you" and "please" to their reader, after these words of their own."""
_TOOL_ADVISES = re.compile(
    r"you (?:might|may) need (?:a /sbin/mount|to add \\*[\"'])|Perhaps you want to use the -w option\?"
    r"|if you are not out of available memory, you can consult|did you specify the right host or port\?|Is the docker daemon running\?"
    r"|missing kernel module\?|to your linux cmdline|maybe you need to install|Please ensure kernel is new enough"
)
"""Where mount, iptables, k3s, MySQL, kubectl and docker speak to the reader: these words are no person's."""
_TOOL_SAYS = re.compile(
    r"\s*(?:Error from server|The connection to the server|Unable to connect to the server|No resources found|Defaulted container"
    r"|(?:docker: )?Error response from daemon|ctr: (?:failed to|rpc error|unknown error)"
    r"|error when (?:evicting|waiting for) pods?\b|error: unable to drain node "
    r"|Cannot connect to the Docker daemon|Failed (?:to )?create pod sandbox|[Nn]etworkPlugin cni failed"
    r"|Pod sandbox changed, it will be killed|\*\* server can't find |;; connection timed out)"
)
"""How kubectl, docker, ctr, crictl, nslookup and the kubelet's events begin what they say: plain words that are no person's."""
_TELLING = re.compile(r"\b(?:the|this|that|these|it|so|then|because|after|seems?|looks?|here|there)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[A-Z][\w ]{2,24}: ")
_PLAIN_WORD = re.compile(r"[\"'(]?[A-Za-z][a-z'-]*[\"')]?[,;:.!?]?$")
_ERRORISH = re.compile(
    r"\b(?:[Ee]rror|ERROR|[Ff]ail(?:ed|ure)|FATAL|[Ff]atal|panic|[Ee]xception|Traceback|[Tt]imed? ?out|refused|denied|[Uu]nable to"
    r"|[Cc]annot|[Cc]an't|couldn't|not found|no such|No such|[Ii]nvalid|unauthorized|forbidden|exceeded|killed|OOM|unhealthy|not healthy"
    r"|segfault|BUG|stuck|stalls?)\b|rpc error|^\S+: \S|^\[[a-z-]+\] "
)
_OPENS_LOG = re.compile(
    r"\s*(?:[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6}\s+\d+ [\w.?/-]+:\d+\]|time=\"\d{4}-\d\d-\d\d[T ][^\"]*\" level="
    r"|[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d [\w.-]+ [a-z][\w.@/()-]*(?:\[\d+\])?: "
    r"|\[ *\d+\.\d{3,6}\] |(?:DEBU|INFO|WARN|ERRO|FATA)\[\d|\{\"(?:level|ts|time|log)\":)"
)
"""klog, logfmt, journal, dmesg, logrus, zap: headers that no terminal makes of the rest of a longer line."""
_PREFIXED = re.compile(r"\s*[\w./-]+(?: [\w./-]+)?: \S")


def is_elision(line: str) -> bool:
    """Does the line only say that something was left out ("(略)", "...", "<snip>", a pager's prompt)?"""
    return bool(len(line) < 60 and (_ELISION.match(line) or _PAGER.match(line)))


def is_fence(line: str) -> bool:
    """Is the line a Markdown fence?"""
    return _FENCE.match(line) is not None


def has_cjk(line: str) -> bool:
    """Does the line hold Japanese, Chinese or Korean letters?"""
    return not line.isascii() and any(first <= char <= last for char in line if char >= _CJK[0][0] for first, last in _CJK)


def is_markdown(line: str) -> bool:
    """Is the line a heading, a list item, a rule or a tag?"""
    return _MARKDOWN.match(line) is not None


def is_personal(line: str) -> bool:
    """Does a person speak: CJK letters, first or second person, a question, a link to a thread?"""
    if has_cjk(line):
        return True
    if says_tool(line) or opens_message(line):
        return False
    said = _TOOL_ADVISES.sub("", line)
    return _PERSONAL.search(said) is not None or _asks_reader(said)


def _asks_reader(said: str) -> bool:
    """Does the line say "you" or "please", and no program's words before it?"""
    match = _TO_READER.search(said)
    return match is not None and _PROGRAM_SAID.search(said, 0, match.start()) is None


def says_tool(line: str) -> bool:
    """Is the line what a command-line tool says about its own failure?"""
    return _TOOL_SAYS.match(line) is not None


def is_sentence(line: str) -> bool:
    """Does the line read like a sentence: nearly all plain words, and either a full stop or many of them?"""
    words = line.split()
    plain = sum(1 for word in words if _PLAIN_WORD.match(word))
    if len(words) < 4 or plain < 0.8 * len(words):
        return False
    return words[-1][-1] in ".!?" or (words[0][:1].isupper() and (words[-1][-1] == ":" or len(words) >= 8))


def is_narrative(line: str) -> bool:
    """Does a person tell something: also where the line stands right below an output and might be the rest of it?"""
    if is_personal(line) or _BULLET.match(line) or (is_markdown(line) and not line[:1].isspace()):
        return True
    return is_sentence(line) and line.rstrip()[-1] in ".!?:" and _TELLING.search(line) is not None and not _LABELLED.match(line)


def is_errorish(line: str) -> bool:
    """Does the line look like something a program says when it fails?"""
    return _ERRORISH.search(line) is not None


def opens_log(line: str) -> bool:
    """Does the line begin with a log's own header, so that it cannot be the rest of the line above?"""
    return _OPENS_LOG.match(line) is not None


def is_prefixed(line: str) -> bool:
    """Does the line begin with a program's name and a colon?"""
    return _PREFIXED.match(line) is not None
