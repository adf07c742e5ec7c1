"""The kernel's key quota of the user is used up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-keyring-quota",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the kernel keyring quota is used up (\"disk quota exceeded\" without any disk)", "カーネルキーリングの割り当てを使い切っている(ディスクとは無関係の \"disk quota exceeded\")"),
    summary=Text(
        "runc makes a session keyring for each container. Users other than root may hold 200 keys by default, so with user-namespace remapping, rootless or nested runtimes (kind in podman, LXC) no further container starts after some 100 to 200, with an error that names a disk quota.",
        "runc はコンテナごとにセッションキーリングを作成する。root 以外のユーザーは既定で 200 個までのため、userns-remap・rootless・入れ子のランタイム(podman 上の kind、LXC)では 100〜200 個程度でコンテナを起動できなくなり、ディスクの quota のようなエラーが出る。",
    ),
    signatures=(
        Signature(r"create session key: [Dd]isk quota exceeded", component="runtime", proof="states", source="runc libcontainer/keys/keyctl.go"),
        Signature(r"create keyring `[^`]*`: [Dd]isk quota exceeded", component="runtime", proof="states", source="crun src/libcrun/linux.c"),
        Signature(r"(add_key|keyctl\S*|request_key)(\(\))?:? .{0,40}[Dd]isk quota exceeded", proof="states", source="keyutils"),
    ),
    leads_to=(
        Link("container-cannot-run", "node", Text("runc init cannot join a session keyring", "runc init がセッションキーリングに参加できない"), strength=0.9),
        Link("sandbox-creation-failing", "node", Text("the pause container fails the same way", "pause コンテナも同じ理由で失敗する"), strength=0.7),
        Link("crash-loop-back-off", "node", Text("restarts fail while new keys cannot be made", "鍵を作れない間は再起動も失敗する"), strength=0.4),
    ),
    asks=(
        Ask("cat /proc/key-users; sysctl kernel.keys  # on {node}", Text("one user's keys at maxkeys or bytes at maxbytes", "あるユーザーの鍵数が maxkeys、またはバイト数が maxbytes に達している"), ("disk-pressure-eviction", "inode-exhaustion", "namespace-limit-reached")),
    ),
    remedies=(
        Remedy("temporary", Text("raise the quota", "上限を引き上げる"), Text("a few hundred bytes of kernel memory per key", "鍵 1 つにつき数百バイトのカーネルメモリを使う"), "sysctl -w kernel.keys.maxkeys=20000 kernel.keys.maxbytes=500000  # on {node}", "cat /proc/key-users  # on {node}", "none"),
        Remedy("permanent", Text("the same in /etc/sysctl.d, or no keyring per container (keyring=false in containers.conf)", "/etc/sysctl.d に設定する、またはコンテナごとのキーリングを作らない(containers.conf の keyring=false)"), Text("none", "なし"), "", "sysctl kernel.keys.maxkeys  # on {node}", "none"),
    ),
    examples=(
        hit("containerd", "OCI runtime create failed: runc create failed: unable to start container process: error during container init: unable to join session keyring: unable to create session key: disk quota exceeded: unknown"),
        hit("dockerd", 'oci runtime error: container_linux.go:247: starting container process caused "process_linux.go:359: container init caused \\"could not create session key: disk quota exceeded\\""'),
        hit("crio", "crun: create keyring `6a7b`: Disk quota exceeded: OCI runtime error"),
        hit("shell", "add_key: Disk quota exceeded"),
        near_miss("pod-log", "write /data/x: disk quota exceeded"),
        near_miss("containerd", "mkdir /var/lib/containerd/tmpmounts/x: disk quota exceeded"),
    ),
    versions="all runc versions; root's own limit is 1000000 keys on current kernels",
    references=("https://github.com/opencontainers/runc/issues/726", "https://github.com/moby/moby/issues/22865", "https://github.com/kubernetes-sigs/kind/issues/3806", "https://man7.org/linux/man-pages/man7/keyrings.7.html"),
)
