"""The process between runtime and container."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="shim",
    title=Text("shim (containerd-shim-runc-v2, conmon)", "shim(containerd-shim-runc-v2、conmon)"),
    what=Text(
        "The shim is the parent of a pod's containers. It holds their stdio, waits for them, keeps the exit code, and answers the runtime over a socket (ttrpc). With containerd one containerd-shim-runc-v2 serves all containers of one pod; CRI-O has one conmon for each container. Thanks to the shim the daemon can be restarted without ending containers.",
        "shim は Pod のコンテナの親プロセスである。標準入出力を保持し、終了を待ち、終了コードを保管し、ソケット(ttrpc)でランタイムに答える。containerd では containerd-shim-runc-v2 が Pod の全コンテナを受け持ち、CRI-O ではコンテナごとに conmon がいる。shim があるため、デーモンを再起動してもコンテナは終わらない。",
    ),
    fails=Text(
        "A dead shim (OOM, killed by hand) loses the exit code: containerd logs 'shim disconnected' or 'ttrpc: closed', the container is reported as ended with 255 or stays Unknown, and its processes may run on without a parent. A shim that hangs blocks every status, exec and kill of its pod; since PLEG asks for each pod's status, one hanging shim can make the whole node NotReady. Exec probes start a process through the shim: at a process limit they fail first.",
        "shim が死ぬと(OOM、手作業の kill)終了コードが失われる。containerd は「shim disconnected」「ttrpc: closed」を記録し、コンテナは 255 で終了した扱いか Unknown のままになり、プロセスだけが親なしで動き続けることもある。shim がハングすると、その Pod の状態取得・exec・kill がすべて止まる。PLEG は各 Pod の状態を尋ねるため、shim 1 つのハングでノード全体が NotReady になり得る。exec プローブは shim 経由でプロセスを作るので、プロセス数の上限では最初に失敗する。",
    ),
    look=(
        Look("ps -eo pid,ppid,etime,stat,wchan:24,args | grep -E 'containerd-shim|conmon'  # on {node}", Text("one for each pod; D state or a missing one is the finding", "Pod ごとに 1 つ。D 状態や欠けがあれば異常")),
        Look("timeout 5 crictl inspect CONTAINER_ID  # on {node}", Text("does this pod's shim answer", "この Pod の shim が答えるか")),
        Look("journalctl -u containerd --no-pager | grep -E 'shim disconnected|ttrpc|shim reaped'", Text("when a shim ended", "shim が終了した時刻")),
    ),
    numbers=(
        Number(Text("exit code of a container whose shim is gone", "shim を失ったコンテナの終了コード"), "255", "containerd: internal/cri/server/helpers.go"),
    ),
    see=("containerd", "runc", "pleg", "exit-codes"),
    modes=("containerd-shim-deadlock", "containerd-shim-killed", "docker-containerd-state-desync", "zombie-processes", "conmon-failed"),
    aliases=("containerd-shim", "conmon", "shimv2"),
    references=("https://github.com/containerd/containerd/blob/main/core/runtime/v2/README.md",),
)
