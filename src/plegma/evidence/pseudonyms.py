"""Pseudonyms for what names a company's machines and workloads, and the way back.

The same name has the same pseudonym wherever it stands, and of the same shape: an address stays an address, a UID a
UID, so that what is read from the text stays the same. Names that every cluster has are kept.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

from msgspec import Struct, field

_COMMON_TEXT = """
    default kube-system kube-public kube-node-lease kubelet containerd dockerd docker crio etcd coredns kube-proxy kube-apiserver
    kube-controller-manager kube-scheduler calico-node calico-system cilium flannel kube-flannel ingress-nginx cert-manager metrics-server
    istio-system istio-proxy longhorn-system cattle-system app main web server api test node pod container
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_COMMON_BEGINNING = re.compile(r"(?:coredns|kube-proxy|kube-flannel|calico|cilium|etcd|kube-(?:apiserver|controller-manager|scheduler))-")
_SHORTEST = 3
_NAMED = {"namespace": "ns", "pod": "pod", "node": "node", "workload": "workload", "image": "image", "volume": "vol", "container": "ctr"}
_IDS = frozenset({"sandbox_id", "container_id"})
_ID_SHORTEST = 12
"""Runtimes print at least the first 12 characters of an id; those tell it."""
_RUNTIME_ID = re.compile(r"(?<![0-9a-f:])[0-9a-f]{64}(?![0-9a-f])")  # not a digest, which has "sha256:" before it
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9a-fA-F]*:[0-9a-fA-F]*:)[0-9a-fA-F:]{3,39}(?![\w:.])")
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_KEPT_NETWORKS = tuple(
    ipaddress.ip_network(text) for text in ("127.0.0.0/8", "0.0.0.0/32", "255.255.255.255/32", "198.18.0.0/15", "::/127", "2001:db8::/32")
)


class Pseudonyms(Struct):
    """`key` makes the pseudonyms hard to guess back; with the same key they are the same from run to run.

    `originals` maps each pseudonym that was given to what it stands for, and is all that the way back needs.
    """

    key: bytes = b""
    originals: dict[str, str] = field(default_factory=dict)
    _given: dict[str, str] = field(default_factory=dict)

    def learn(self, refs: Iterable[Mapping[str, str]]) -> None:
        """Takes in the names that references of observations hold (keys of REF_KEYS)."""
        for names in refs:
            for kind, name in names.items():
                if kind in _IDS and len(name) >= _ID_SHORTEST:
                    self._runtime_id(name)
                elif kind in _NAMED:
                    self._name(_NAMED[kind], name.rpartition("/")[2] if kind == "workload" else name)

    def _name(self, kind: str, name: str) -> None:
        known = name in self._given or name in _COMMON or name in self.originals
        if not known and len(name) >= _SHORTEST and not name.isdecimal() and not _COMMON_BEGINNING.match(name):
            self._give(name, lambda digest: f"{kind}-{digest.hex()[:8]}")

    def _give(self, name: str, made: Callable[[bytes], str]) -> str:
        """The name's pseudonym, made anew from further digests until it is free."""
        for attempt in range(256):
            if name in self._given:
                break
            pseudonym = made(blake2b(name.encode() + bytes([attempt]), key=self.key[:64], digest_size=16).digest())
            if pseudonym not in self.originals:
                self.originals[pseudonym] = name
                self._given[name] = pseudonym
        return self._given.get(name, name)

    def hide(self, text: str) -> str:
        """The text with names that were learnt, addresses, UIDs and mail addresses replaced."""
        text = _replaced(text, self._given)
        text = _RUNTIME_ID.sub(lambda found: self._runtime_id(found.group()), text)
        text = _UUID.sub(lambda found: self._shaped(found.group(), _uuid), text)
        text = _MAIL.sub(lambda found: self._shaped(found.group(), lambda digest: f"user-{digest.hex()[:8]}@example.org"), text)
        text = _IPV6.sub(lambda found: self._address(found.group()), text)
        return _IPV4.sub(lambda found: self._address(found.group()), text)

    def _runtime_id(self, name: str) -> str:
        """An id of the same length; a cut id's pseudonym is the beginning of the whole id's."""
        if name in self.originals:
            return name
        if name not in self._given:
            whole = blake2b(name[:_ID_SHORTEST].encode(), key=self.key[:64], digest_size=32).hexdigest()
            self._given[name] = whole[: len(name)]
            self.originals[whole[: len(name)]] = name
        return self._given[name]

    def _shaped(self, name: str, made: Callable[[bytes], str]) -> str:
        return name if name in self.originals else self._give(name, made)

    def _address(self, text: str) -> str:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return text
        if any(address in network for network in _KEPT_NETWORKS):
            return text
        return self._give(text, _ipv4 if address.version == 4 else _ipv6)

    def reveal(self, text: str) -> str:
        """The text with every pseudonym that was given replaced by what it stands for."""
        return _replaced(text, self.originals)


def _ipv4(digest: bytes) -> str:
    """In the network for benchmarks (RFC 2544), which no cluster uses."""
    return f"198.{18 + digest[0] % 2}.{digest[1]}.{digest[2]}"


def _ipv6(digest: bytes) -> str:
    """In the network for documentation (RFC 3849)."""
    return f"2001:db8::{digest.hex()[:4]}:{digest.hex()[4:8]}"


def _uuid(digest: bytes) -> str:
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _replaced(text: str, names: Mapping[str, str]) -> str:
    """The text with each name that stands alone replaced, the longest first."""
    if not names:
        return text
    ordered = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<![a-zA-Z0-9])(?:{'|'.join(map(re.escape, ordered))})(?![a-zA-Z0-9])")
    return pattern.sub(lambda found: names[found.group()], text)
