"""Ended processes are not reaped."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="zombie-processes",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("zombie processes pile up", "ゾンビプロセスが溜まり続けている"),
    summary=Text(
        "A parent (often an application as PID 1 of its container that starts children, or exec probes of a runtime with a bug) never waits for its ended children. Each zombie keeps its pid: in the end the pod's or the node's pid limit is reached. A zombie whose threads hang in D state cannot be reaped at all.",
        "親プロセス(子を起動するのに PID 1 として回収しないアプリケーションや、不具合のあるランタイムの exec probe など)が終了した子を回収しない。ゾンビは PID を占有し続け、最終的に Pod またはノードの上限に達する。スレッドが D 状態で残るゾンビは回収自体できない。",
    ),
    signatures=(
        Signature(r"<defunct>\s*$", at_least=50, source="ps"),
        Signature(r"\b([5-9]\d|[1-9]\d{2,}) zombie\b", component="shell", source="top"),
        Signature(r"There (are|is) ([5-9]\d|[1-9]\d{2,}) zombie process", component="shell", source="Ubuntu landscape-sysinfo"),
        Signature(r"<defunct>\s*$", at_least=10, proof="suggests", source="ps"),
    ),
    states=(
        StateTest("Process", {"state": r"^Z", "count": ">=50"}),
        StateTest("Process", {"command": r"defunct>", "count": ">=50"}),
        StateTest("Process", {"state": r"^Z", "count": ">=10"}, proof="suggests"),
        StateTest("Process", {"command": r"defunct>", "count": ">=10"}, proof="suggests"),
    ),
    leads_to=(
        Link("pid-exhaustion", "node", Text("each zombie holds a pid until the limit is reached", "ゾンビが PID を占有し、上限に達する"), strength=0.6),
        Link("sandbox-kill-failing", "node", Text("a cgroup with a zombie that cannot be reaped is not empty", "回収できないゾンビが残る cgroup は空にならない"), strength=0.3),
        Link("pod-stuck-terminating", "node", Text("the container's init is a zombie with a hung thread", "コンテナの init が、固まったスレッドを持つゾンビになっている"), strength=0.3),
    ),
    asks=(
        Ask("ps -eo ppid,stat,comm | grep ' Z' | sort | uniq -c | sort -rn | head; ps -o pid,args -p PPID  # on {node}", Text("one parent with most of them: containerd-shim (an exec probe or the container's init), or the application", "大半が 1 つの親に属する(containerd-shim なら exec probe やコンテナの init、またはアプリケーション)"),
            ("pid-exhaustion", "containerd-shim-deadlock", "kernel-hung-task"), evidence="processes"),
    ),
    remedies=(
        Remedy("temporary", Text("restart the pod whose parent does not reap", "子を回収しない親の Pod を再起動する"), Text("the pod is made anew", "Pod が再作成される"), "kubectl -n {namespace} delete pod {pod}", "ps -eo stat | grep -c '^Z'  # on {node}", "restart"),
        Remedy("permanent", Text("an init in the image (tini, dumb-init), shareProcessNamespace: true, or a start script that uses exec; runtime upgrade for zombies of exec probes", "イメージに init(tini・dumb-init)を入れる、shareProcessNamespace: true、または exec を使う起動スクリプト。exec probe のゾンビならランタイムを更新する"), Text("none", "なし"), "", "ps -eo stat | grep -c '^Z'  # on {node}, a day later", "restart"),
    ),
    examples=(
        hit("shell", "root     20311  0.0  0.0      0     0 ?        Z    10:14   0:00 [sh] <defunct>", count=400),
        hit("shell", "Tasks: 911 total,   3 running, 488 sleeping,   0 stopped, 420 zombie"),
        hit("shell", "  => There are 120 zombie processes."),
        hit("shell", "root     20311  0.0  0.0      0     0 ?        Z    10:14   0:00 [curl] <defunct>", count=12),
        near_miss("shell", "root     20311  0.0  0.0      0     0 ?        Z    10:14   0:00 [sh] <defunct>"),
        near_miss("shell", "Tasks: 211 total,   1 running, 210 sleeping,   0 stopped,   0 zombie"),
    ),
    state_examples=(
        StateExample("Process", {"command": "sh", "state": "Z", "count": 400}, True),
        StateExample("Process", {"command": "[sh] <defunct>", "count": 61}, True),
        StateExample("Process", {"command": "sh", "state": "Zs", "count": 12}, True),
        StateExample("Process", {"command": "sh", "state": "Z", "count": 2}, False),
        StateExample("Process", {"command": "sh", "state": "D", "count": 400}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",),
)
