"""conmon, which watches each of CRI-O's containers, does not run or ends too early."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="conmon-failed",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("conmon cannot be started or ended before the container", "conmon が起動できない、またはコンテナより先に終了した"),
    summary=Text("CRI-O starts one conmon for each container, which calls runc or crun and reports back through a pipe. If conmon is missing, too old, refused by SELinux or killed, the create ends without a reason (\"json message: EOF\") and containers have no exit status.",
                 "CRI-O はコンテナごとに conmon を起動し、conmon が runc・crun を呼んでパイプで結果を返す。conmon がない、古い、SELinux に拒否された、終了させられた場合、作成は理由なし(「json message: EOF」)で失敗し、コンテナの終了ステータスも得られない。"),
    signatures=(
        Signature(r"reading container \(probably exited\) json message: ", component="runtime", source="cri-o internal/oci/runtime_oci.go"),
        Signature(r"conmon bytes \\*\"", component="runtime", source="containers/common, podman and cri-o"),
        Signature(r"(?:fork/exec|stat|exec: \\*\")\s*/?\S*conmon\\*\"?: (?:no such file or directory|permission denied|executable file not found|exec format error)", component="runtime", proof="states", source="Go os/exec"),
        Signature(r"[Ff]ailed to add conmon to systemd sandbox cgroup", component="runtime", proof="suggests", source="cri-o internal/oci"),
        Signature(r"conmon: (?:option parsing failed|failed to |error )", component="runtime", source="conmon"),
        Signature(r"[Kk]illed process \d+ \(conmon\)", component="kernel", proof="states", source="mm/oom_kill.c"),
        Signature(r"Container creation timeout \(", component="runtime", proof="suggests", source="cri-o internal/oci/runtime_oci.go"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the sandbox's conmon fails", "sandbox の conmon が失敗する"), strength=0.8),
        Link("container-cannot-run", "node", Text("the container's conmon fails", "コンテナの conmon が失敗する"), strength=0.9),
        Link("pod-stuck-terminating", "node", Text("no exit status is reported", "終了ステータスが報告されない"), strength=0.4),
        Link("pause-container-dead", "node", Text("a killed conmon takes its sandbox with it", "conmon が終了させられると sandbox も失われる"), strength=0.3),
    ),
    asks=(Ask("conmon --version; journalctl -t conmon -u crio --since -1h --no-pager | tail -50; ausearch -m avc -ts recent 2>/dev/null | grep conmon  # on {node}", Text("conmon's own last words, or a denial", "conmon 自身の最後の出力、または拒否の記録"), ("runtime-binary-missing", "runtime-binary-broken", "selinux-denial", "systemd-dbus-failure", "crio-config-invalid", "node-daemon-oom-killed", "node-memory-starvation"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("reinstall conmon from the same source as CRI-O and restart crio", "CRI-O と同じ配布元の conmon を再インストールし、crio を再起動する"), Text("containers under a live conmon stay up", "生きている conmon 下のコンテナは維持される"), "dnf reinstall conmon && systemctl restart crio  # on {node}", "crictl version", "restart"),
        Remedy("permanent", Text("pin conmon with CRI-O, keep monitor_cgroup and SELinux policy as packaged, reserve memory for the system", "conmon を CRI-O と同時に固定し、monitor_cgroup と SELinux ポリシーを標準に保ち、システム用メモリを予約する"), Text("none", "なし"), verify="conmon --version", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "Error: container create failed: error reading container (probably exited) json message: EOF", reason="Failed"),
        hit("crio", 'Failed to create container: conmon bytes "": readObjectStart: expect { or n, but found \\x00, error found in #0 byte'),
        hit("crio", "Failed to create new pod: fork/exec /usr/libexec/crio/conmon: no such file or directory"),
        hit("crio", "Failed to add conmon to systemd sandbox cgroup: dial unix /run/systemd/private: connect: resource temporarily unavailable"),
        hit("crio", "conmon: option parsing failed: Unknown option --sync"),
        hit("kernel", "Out of memory: Killed process 5120 (conmon) total-vm:82000kB"),
        hit("crio", "Container creation timeout (4m0s)"),
        near_miss("crio", 'Container creation error: runc create failed: unable to start container process: exec: "serve": executable file not found in $PATH'),
        near_miss("crio", "conmon 9f1c <ninfo>: container 5120 exited with status 0"),
    ),
    references=("https://github.com/containers/conmon", "https://github.com/cri-o/cri-o/blob/main/internal/oci/runtime_oci.go"),
)
