"""The program does not end within its grace period and is killed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="grace-period-too-short",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the program does not end within terminationGracePeriodSeconds", "プログラムが terminationGracePeriodSeconds 以内に終了しない"),
    summary=Text(
        "On deletion or roll-out the container gets SIGTERM and, when it still runs after the grace period (30 s by default, preStop included), SIGKILL: exit 137 with reason Error, cut-off requests, slow roll-outs. Often the program is a child of a shell that does not pass the signal on.",
        "削除や展開の際、コンテナは SIGTERM を受け、猶予時間(既定 30 秒、preStop を含む)を過ぎても動いていると SIGKILL される。終了コード 137・Reason は Error となり、処理が途中で切れ、展開が遅くなる。シグナルを伝えないシェルの子プロセスになっていることが多い。",
    ),
    signatures=(
        Signature(r"failed to exit within \d+ seconds of signal 15", component="runtime", proof="suggests", source="moby/moby daemon/stop.go: every program that ignores SIGTERM"),
        Signature(r"^Kill container \\*\"(?P<container_id>[0-9a-f]{64})", component="runtime", proof="suggests", source="containerd internal/cri/server/container_stop.go: SIGKILL after the timeout"),
    ),
    states=(
        StateTest("Container", {"reason": r"^Error$", "exit_code": r"^137$", "state": r"^Terminated$"}, proof="suggests"),
    ),
    leads_to=(
        Link("exit-137", "pod", Text("SIGKILL after the grace period gives exit code 137", "猶予時間後の SIGKILL により終了コード 137 になる"), within=600, strength=0.8),
        Link("pod-stuck-terminating", "pod", Text("the pod stays Terminating for the whole grace period", "猶予時間いっぱい Terminating のままになる"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("SIGKILL did not end it either: not a matter of time", "SIGKILL でも終了しておらず、時間の問題ではない"), pattern=r"trying direct SIGKILL|did not receive an exit event", component="runtime", weight=0.5),
        Refutation(Text("the container was killed for its memory", "メモリ超過で Kill された"), mode="app-oomkilled", weight=0.5),
        Refutation(Text("the process cannot be killed at all: not a matter of time", "プロセスを Kill すること自体ができておらず、時間の問題ではない"), mode="sandbox-kill-failing", weight=0.4),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.terminationGracePeriodSeconds} {.spec.containers[*].command} {.spec.containers[*].lifecycle}'", Text("a grace period shorter than preStop plus the program's shutdown, or a shell as process 1", "猶予時間が preStop とプログラムの終了処理の合計より短い、または PID 1 がシェルである"),
            ("lifecycle-hook-failure", "docker-containerd-state-desync", "apparmor-blocks-kill", "storage-hang-dstate", "runtime-kill-lost-processes")),
        Ask("journalctl -u kubelet -u containerd -u docker --since '{since}' --no-pager | grep -iE 'kill container|grace|failed to exit'  # on {node}", Text("exactly the grace period between 'Stop container' and 'Kill container'", "「Stop container」から「Kill container」までがちょうど猶予時間である"), ("app-oomkilled", "liveness-probe-kill"), evidence="runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("raise terminationGracePeriodSeconds above the measured shutdown time", "terminationGracePeriodSeconds を実測の終了時間より大きくする"), Text("drains and roll-outs take longer", "drain や展開に時間がかかる"),
               "kubectl -n {namespace} patch deployment NAME -p '{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":90}}}}'", "kubectl -n {namespace} rollout status deployment/NAME", "restart"),
        Remedy("permanent", Text("let the program handle SIGTERM (exec form of the command, or a small init such as tini), stop accepting work first, then finish", "プログラムが SIGTERM を処理するようにし(exec 形式のコマンド、または tini などの init)、受付停止後に処理を終える"), Text("none", "なし"), "", "kubectl -n {namespace} delete pod {pod} && kubectl -n {namespace} get pods -w", "restart"),
    ),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",),
    examples=(
        hit("dockerd", 'Container 4b0c6b1d9c3e failed to exit within 30 seconds of signal 15 - using the force'),
        hit("dockerd", 'Container failed to exit within 30 seconds of signal 15 - using the force container=4b0c6b1d9c3e'),
        hit("containerd", 'Kill container "4b0c6b1d9c3e4f00a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718"'),
        near_miss("containerd", 'Stop container "4b0c6b1d9c3e4f00a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718" with signal terminated'),
        near_miss("kubelet", "unable to signal init: permission denied"),
        near_miss("dockerd", "Container 4b0c6b1d9c3e failed to exit within 10 seconds of kill - trying direct SIGKILL"),
        near_miss("status", "", reason="OOMKilled"),
    ),
    state_examples=(
        StateExample("Container", {"state": "Terminated", "reason": "Error", "exit_code": 137}, True),
        StateExample("Container", {"state": "Terminated", "reason": "OOMKilled", "exit_code": 137}, False),
        StateExample("Container", {"state": "Terminated", "reason": "Completed", "exit_code": 0}, False),
    ),
)
