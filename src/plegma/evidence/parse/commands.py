"""Command lines that a person typed: what they ask about. Context only, never needed."""

import re
import shlex

from msgspec import Struct
from msgspec.structs import replace

from plegma.evidence.parse.words import words_of

_PROGRAMS = words_of(
    """
    kubectl oc k kubeadm docker podman nerdctl crictl ctr journalctl systemctl dmesg less more cat tail head zcat zgrep grep egrep vi vim
    ps df free lslocks mount ip ifconfig iptables iptables-save sysctl ls ll find uname date strace lsof ss netstat curl wget ping nslookup
    dig etcdctl helm calicoctl cilium watch sudo nsenter top stat du service findmnt lsblk ipvsadm conntrack dbus-send dbus-monitor runc
    containerd kubelet minikube kind k3s rke2 mpstat vmstat iostat sar uptime ethtool getenforce ausearch cd echo export for env time
    timeout openssl jq nc telnet mkdir rm touch umount systemd-cgls nvidia-smi
    """
)
_SUBCOMMANDS = words_of(
    """
    get describe logs events top cluster-info version config exec delete apply create drain ps inspect inspectp info pods images stats rmp
    rm runp kill start stop run pull statsp status restart containers tasks container task -n -u -xeu -xe -f -a -A
    """
)
_SENTENCE = re.compile(
    r"(?<![\w/.-])(?:the|is|are|was|shows?|that|this|we|you|and|but|returns?|gives?|says?|output|command|see|will|should)(?![\w/.-])"
)
_TMUX = re.compile(r"\s{2,}\[\d+/\d+\]$")
_PROMPT = re.compile(
    r"\s{0,12}(?:\([\w.-]+\)\s*)?"
    r"(?:\[?[\w.-]{1,64}@(?P<host>[\w.-]{1,64})[\s:]?[^\]#$%>]{0,120}\]?\s?[#$%>]|\[[\w.~/: -]{1,80}\][#$]"
    r"|(?:bash|sh|zsh|ash)(?:-[\d.]+)?[#$]|PS [A-Z]:\\[^>]{0,100}>|(?P<host2>[\w.-]{1,64}):[~/][\w./-]{0,80}[#$]"
    r"|[~/][\w./-]{0,80}\s?[#$]|➜\s+\S{1,40}|[$❯λ]|[\w.-]{1,64} ➜)\s+(?P<typed>\S.*)$"
)
_KERNEL_STAMP = re.compile(r"\[\s*\d+\.\d{6}\] ")
_FILE_HEAD = re.compile(r"==> (?P<name>\S.*?) <==$")
"""How `tail` of several files, and `minikube logs`, head each of them."""
_WATCH = re.compile(r"Every \d+[.,]\d+s: (?P<typed>\S.*?)(?:\s{2,}.*)?$")
_HASH = re.compile(
    r"\s{0,12}(?:[#%>]|>>>|\d{1,2}[.)]|\[[\w.-]{1,64}@(?P<host>[\w.-]{1,64}) [^\]]{1,60}\])\s+"
    r"\*{0,2}(?P<typed>[\w/].*?)(?:\*\*:?)?$"
)
"""Marks that are prompts only before a program that is known."""
_ALIAS = re.compile(r"k[a-z0-9]{0,7}$|kubectl[\w.-]*$")
_ASSIGNMENT = re.compile(r"\w+=\S*$")


_VALUE_FLAGS = words_of(
    "-n --namespace -o --output -c --container -l --selector -u --unit --context --kubeconfig -f --tail --since --field-selector"
)
_OF_NODE = words_of(
    """
    docker crictl ctr nerdctl podman journalctl systemctl dmesg less cat tail head grep egrep zgrep zcat ps df free lslocks mount ip
    iptables iptables-save sysctl ls ll find uname strace lsof ss netstat runc
    """
)
_VERBS = ("get", "describe", "logs")
_OUTCOMES = frozenset(("failed", "error", "errored", "timed", "returned", "did"))
"""After a program's name and its subcommand ("runc create failed: ...") these words tell what happened: nobody typed them."""


class Command(Struct, frozen=True):
    """A command line and its first simple command's words; `pipes` are the words of what follows after "|".

    `host` is the machine that the prompt names.
    """

    text: str = ""
    argv: tuple[str, ...] = ()
    pipes: tuple[tuple[str, ...], ...] = ()
    host: str = ""

    @property
    def program(self) -> str:
        """The program's name without its folder; k and oc read kubectl."""
        name = self.argv[0].rsplit("/", 1)[-1] if self.argv else ""
        return "kubectl" if name in ("k", "oc", "kubectl.exe") else name

    def flag(self, *names: str) -> str:
        """The value of the first of these flags ("-n", "--namespace"), glued or separate; "" when absent."""
        for index, word in enumerate(self.argv):
            for name in names:
                if word == name and index + 1 < len(self.argv):
                    return self.argv[index + 1]
                if word.startswith(name + "=") or (not name.startswith("--") and word.startswith(name) and word != name):
                    return word[len(name) :].lstrip("=")
        return ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words after the program that are neither flags nor the values of kubectl's common flags."""
        found: list[str] = []
        skip, valued = False, self.program == "kubectl"
        for word in self.argv[1:]:
            if skip or word.startswith("-"):
                skip = not skip and valued and word in _VALUE_FLAGS and not (word == "-f" and "logs" in found)
            else:
                found.append(word)
        return tuple(found)

    @property
    def node(self) -> str:
        """The node whose state the command shows: the prompt's host, for tools that speak of the machine that they run on."""
        return self.host if self.program in _OF_NODE and self.host != "localhost" else ""

    @property
    def namespace(self) -> str:
        """The namespace that a kubectl command names."""
        return self.flag("-n", "--namespace") if self.program == "kubectl" else ""

    @property
    def grep(self) -> str:
        """The first plain pattern that a `grep` after a pipe keeps; "" when there is none."""
        for words in self.pipes:
            if words and words[0] in ("grep", "egrep") and not any(word.startswith("-") and "v" in word for word in words):
                plain = [word for word in words[1:] if not word.startswith("-")]
                if plain and re.fullmatch(r"[a-z0-9][a-z0-9.-]*", plain[0]):
                    return plain[0]
        return ""

    def object_name(self, *resources: str) -> str:
        """The one name that `kubectl VERB RESOURCE NAME` (or RESOURCE/NAME) gives; "" for none or several."""
        words = self.words[1:] if self.program == "kubectl" else ()
        if not words:
            return ""
        kind, _, name = words[0].partition("/")
        names = ([name] if name else []) + [word.rpartition("/")[2] for word in words[1:]]
        return names[0] if kind in resources and len(names) == 1 else ""


NO_COMMAND = Command()


def command_of(typed: str) -> Command:
    """The command in what was typed; sudo and assignments before it are left out."""
    typed = _TMUX.sub("", typed).strip()
    simple = [_words(part) for part in typed.split("|")]
    argv = list(simple[0])
    while argv and (argv[0] in ("sudo", "time", "watch") or _ASSIGNMENT.match(argv[0])):
        argv.pop(0)
    return Command(typed, _unaliased(tuple(argv)), tuple(simple[1:]))


def _unaliased(argv: tuple[str, ...]) -> tuple[str, ...]:
    """Short names for kubectl, and those that take a namespace first (`kn NAMESPACE get pods`), written out."""
    if not argv or argv[0].rsplit("/", 1)[-1] in _PROGRAMS or not _ALIAS.match(argv[0]):
        return argv
    if argv[1:2] and argv[1] in _VERBS:
        return ("kubectl", *argv[1:])
    return ("kubectl", *argv[2:], "-n", argv[1]) if len(argv) > 3 and argv[2] in _VERBS else argv


def _words(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return tuple(text.split())


def prompt_command(line: str) -> Command | None:
    """The command on a line that shows a prompt, a bare command line, or a file's name in `tail`'s way; None for anything else."""
    if len(line) > 2000:
        return None
    if line.startswith("==> ") and (match := _FILE_HEAD.match(line)):
        return Command(line, ("tail", match["name"]))
    if line.startswith("Every ") and (match := _WATCH.match(line)):
        return command_of(match["typed"])
    if match := _PROMPT.match(line):
        if _KERNEL_STAMP.match(match["typed"]):
            return None
        return replace(command_of(match["typed"]), host=match["host"] or match["host2"] or "")
    if (match := _HASH.match(line)) and _is_typed(match["typed"]):
        return replace(command_of(match["typed"]), host=match["host"] or "")
    return command_of(line) if _is_bare(line) else None


def _is_typed(text: str) -> bool:
    words = text.split()
    name = words[0].rsplit("/", 1)[-1]
    return name in _PROGRAMS and text.isascii() and not _SENTENCE.search(text) and not text.endswith((".", ":"))


def _is_bare(line: str) -> bool:
    words = line.split(None, 3)
    if len(words) < 2 or words[0] not in _PROGRAMS or not line.isascii():
        return False
    told = len(words) > 2 and words[2].rstrip(":") in _OUTCOMES
    return (words[1] in _SUBCOMMANDS or words[1].startswith("-")) and not told and _is_typed(line)
