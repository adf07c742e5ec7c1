"""The container runtime's daemon crashes and is restarted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runtime-crash-loop",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the container runtime crashes (panic, segfault) and is restarted", "コンテナランタイムがクラッシュ(panic・segfault)し再起動している"),
    summary=Text("containerd, dockerd or crio ends with a Go panic, a fatal runtime error or a signal, and systemd starts it again. Between two crashes calls fail with Unavailable or EOF; containers stay up (with Docker only under live-restore).",
                 "containerd・dockerd・crio が Go の panic、致命的ランタイムエラー、シグナルで終了し、systemd が再起動している。クラッシュの間、呼び出しは Unavailable や EOF で失敗する。コンテナは維持される(Docker は live-restore の場合のみ)。"),
    signatures=(
        Signature(r"github\.com/(?:containerd/containerd(?:/v2)?/(?:cmd|internal|pkg|core|plugins|services|runtime|vendor)|(?:docker/docker|moby/moby)/daemon|cri-o/cri-o)/\S*\.go:\d+ \+0x", component="runtime", source="stack trace of the Go runtime"),
        Signature(r"(?:containerd|docker|crio|cri-docker)\.service: [Mm]ain process exited, code=(?:dumped|killed), status=(?:6/ABRT|11/SEGV|4/ILL|7/BUS)", component="systemd", proof="states", source="systemd src/core/service.c"),
        Signature(r"(?:containerd|docker|crio|cri-docker)\.service: [Mm]ain process exited, code=exited, status=2/", component="systemd", source="systemd: a Go panic exits with 2"),
        Signature(r"(?:containerd|docker|crio|cri-docker)\.service: Scheduled restart job, restart counter is at (?:[3-9]|\d{2,})\.", component="systemd", source="systemd src/core/service.c"),
        Signature(r"\b(?:containerd|dockerd|crio)\[\d+\]: segfault at ", component="kernel", proof="states", source="arch/x86/mm/fault.c"),
    ),
    leads_to=(
        Link("containerd-stopped", "node", Text("nothing serves the socket between two crashes", "クラッシュの間ソケットが提供されない"), strength=0.7),
        Link("dockerd-stopped", "node", Text("nothing serves the socket between two crashes", "クラッシュの間ソケットが提供されない"), strength=0.4),
        Link("crio-stopped", "node", Text("nothing serves the socket between two crashes", "クラッシュの間ソケットが提供されない"), strength=0.4),
        Link("container-runtime-down", "node", Text("Status fails while it is away", "停止中は Status が失敗する"), strength=0.7),
        Link("node-readiness-flapping", "node", Text("each crash makes the node NotReady for a while", "クラッシュのたびに一時的に NotReady になる"), strength=0.5),
        Link("node-not-ready", "node", Text("the runtime is part of the Ready condition", "ランタイムは Ready 条件の一部である"), strength=0.6),
        Link("sandbox-creation-failing", "node", Text("requests end in Unavailable or EOF", "要求が Unavailable や EOF で終わる"), strength=0.5),
    ),
    refutes=(Refutation(Text("it is the kubelet that panics", "panic しているのは kubelet である"), mode="kubelet-panic", weight=0.9),),
    asks=(Ask("journalctl -u containerd -u docker -u crio --since -2h --no-pager | grep -nE -A25 'panic:|fatal error:|SIGSEGV' | head -80; systemctl show -p NRestarts containerd docker crio  # on {node}", Text("the panic's first line and the top of its stack", "panic の 1 行目とスタックの先頭"),
              ("containerd-stopped", "containerd-metadata-corrupted", "containerd-config-invalid", "node-daemon-oom-killed", "pid-exhaustion", "app-segfault", "systemd-start-limit-hit", "docker-restart-without-live-restore"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("find the object at which it dies (the last request before the panic) and remove it; go back to the version before", "panic 直前の要求から対象オブジェクトを特定して取り除くか、以前のバージョンに戻す"), Text("that pod is interrupted", "該当 Pod が中断する"), "systemctl restart containerd  # on {node}", "systemctl show -p NRestarts containerd", "restart"),
        Remedy("permanent", Text("upgrade to the release that mends the panic; report it with its stack if there is none", "panic を修正したリリースへ更新する。無ければスタックを添えて報告する"), Text("node by node", "1 台ずつ行う"), verify="systemctl show -p NRestarts containerd", risk_level="restart"),
    ),
    examples=(
        hit("containerd", "/go/src/github.com/containerd/containerd/internal/cri/server/events.go:214 +0x1c5"),
        hit("systemd", "containerd.service: Main process exited, code=dumped, status=6/ABRT"),
        hit("systemd", "crio.service: Main process exited, code=exited, status=2/INVALIDARGUMENT"),
        hit("systemd", "containerd.service: Scheduled restart job, restart counter is at 14."),
        hit("kernel", "containerd[811]: segfault at 18 ip 000055d0 sp 00007ffc error 4 in containerd[55d0+1a0000]"),
        near_miss("systemd", "containerd.service: Main process exited, code=exited, status=1/FAILURE"),
        near_miss("pod-log", "panic: runtime error: index out of range [3] with length 3"),
        near_miss("systemd", "containerd.service: Scheduled restart job, restart counter is at 1."),
        near_miss("kubelet", '"Observed a panic" panic="runtime error: invalid memory address or nil pointer dereference"'),
    ),
    references=("https://github.com/containerd/containerd/blob/main/docs/ops.md", "https://docs.docker.com/engine/daemon/troubleshoot/"),
)
