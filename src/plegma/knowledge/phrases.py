"""How kubelet and scheduler frame the words that matter: pieces of patterns shared by several failure modes.

Pure text: regular expressions that `re` and hyperscan both understand (no look-around, no back-references).
"""

_PULL_ERROR_BEGINS = (
    "failed to pull and unpack image",  # containerd
    "Error response from daemon",  # dockerd
    "[Ee]rror reading manifest|reading manifest",  # CRI-O, old and new
    "[Ee]rror initializing source|initializing source",
    "unable to pull image|copying system image",
)

PULLING = (
    r"(?:creating container failed: rpc error: code = \w+ desc = failed to pull |Failed to pull image|PullImage|Pull image|ErrImagePull|pulling image(?: failed)?: "
    rf"|^(?:rpc error: code = \w+ desc = )?(?:{'|'.join(_PULL_ERROR_BEGINS)}))(?s:.*)"
)
"""Begins every line in which a pull for a container failed, and none about the sandbox's pause image.

The event and the klog lines name the pull; the status message of ErrImagePull is the runtime's error bare, so it counts
only where it begins the message. "creating container failed:" and "pulling image:" is crictl, with which people try a pull by hand.
A failed sandbox image is quoted with "failed to get sandbox image", "failed pulling image" or "creating pod sandbox" in
front (pkg/kubelet/images/image_manager.go, containerd, dockershim, CRI-O).
"""

_HARMLESS = (
    r"\d+ node\(s\) (?:were unschedulable"
    r"|had (?:untolerated )?taint(?:\(s\)|s that the pod didn't tolerate"
    r"| \{node-role\.kubernetes\.io/(?:control-plane|master): [^}]*\}(?:, that the pod didn't tolerate)?))"
)
"""What nearly every FailedScheduling holds beside its reason: tainted or cordoned control-plane nodes."""
_SHORTAGE = r"\d+ (?:Insufficient [\w./-]+|Too many pods)"


def alone(reason: str) -> str:
    """FailedScheduling where `reason` is all that keeps the pod off, control-plane nodes apart."""
    return _list_of(reason, _HARMLESS)


def short_of(reason: str) -> str:
    """FailedScheduling where `reason` stands among other shortages of resources only, control-plane nodes apart."""
    return _list_of(reason, f"(?:{_HARMLESS}|{_SHORTAGE})")


def among(reason: str) -> str:
    """FailedScheduling that names `reason` for some of the nodes."""
    return rf"nodes are available: .*{reason}"


def among_predicates(predicate: str) -> str:
    """The same up to v1.10, which names the predicate and how many nodes it rules out: `MatchNodeSelector (3)`, from v1.9 on `3 MatchNodeSelector`."""
    return (
        rf"nodes are available(?: that match all of the (?:following )?predicates:.*{predicate} \(\d+\)"
        rf"|: (?:\d+ [^,]+, )*\d+ {predicate}[,.])"
    )


def _list_of(reason: str, neighbour: str) -> str:
    return rf"nodes are available: (?:{neighbour}, )*\d+ {reason}(?:, {neighbour})*\."
