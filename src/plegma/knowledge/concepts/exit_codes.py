"""What the number that a container ends with says."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="exit-codes",
    title=Text("exit codes", "終了コード"),
    what=Text(
        "A process ends with a code of its own choice (0 to 255) or by a signal, which is shown as 128 plus the signal's number. So: 0 done, whether or not that was wanted; 1 and 2 the program's own error; 126 found but not executable; 127 not found (by a shell); 128 the container never started (StartError); 130 SIGINT; 132 SIGILL; 134 SIGABRT; 135 SIGBUS; 137 SIGKILL; 139 SIGSEGV; 141 SIGPIPE; 143 SIGTERM; 255 the status is lost, or the program said -1.",
        "プロセスは自分で選んだコード(0〜255)かシグナルで終わり、シグナルなら 128 にその番号を足した値になる。0 は正常終了(意図したかどうかは別)、1 と 2 はプログラム自身のエラー、126 は見つかったが実行できない、127 は見つからない(シェルによる)、128 は起動に至らなかった(StartError)、130 は SIGINT、132 は SIGILL、134 は SIGABRT、135 は SIGBUS、137 は SIGKILL、139 は SIGSEGV、141 は SIGPIPE、143 は SIGTERM、255 は状態が失われたか、プログラムが -1 を返したことを示す。",
    ),
    fails=Text(
        "137 is the one that misleads: SIGKILL comes from the kernel (OOM: reason OOMKilled, or only in dmesg when a child was hit), from the kubelet (grace period over after a liveness failure, a deletion or an eviction), or from a person. The reason, the events before it and the kernel's log tell which. 143 means that somebody asked it to stop: look for Killing. 139 and 132 are the program or the CPU, not Kubernetes. A shell as entrypoint hides the child's code, or turns it into 1.",
        "誤解されやすいのは 137 である。SIGKILL の送り手はカーネル(OOM。reason は OOMKilled、子プロセスが殺された場合は dmesg にだけ残る)、kubelet(liveness 失敗・削除・退避の後に猶予時間が切れた)、人のいずれかで、reason・直前のイベント・カーネルログで見分ける。143 は停止を求められた結果なので、Killing を探す。139 と 132 は Kubernetes ではなくプログラムや CPU の問題である。シェルを entrypoint にすると、子の終了コードが隠れたり 1 になったりする。",
    ),
    look=(
        Look("kubectl -n {namespace} get pod {pod} -o jsonpath='{.status.containerStatuses[*].lastState.terminated}'", Text("code, reason, signal, start and end together", "コード・reason・シグナル・開始・終了")),
        Look("dmesg -T | grep -iE 'oom|killed process|segfault'  # on {node}", Text("what the kernel did at that second", "その時刻にカーネルが行ったこと")),
    ),
    numbers=(
        Number(Text("code of a container killed by signal n", "シグナル n で終わったコンテナのコード"), "128 + n", "runc: utils/utils.go"),
        Number(Text("code where the runtime lost the status", "ランタイムが状態を失ったときのコード"), "255", "containerd: internal/cri/server/helpers.go"),
        Number(Text("code of ContainerStatusUnknown", "ContainerStatusUnknown のコード"), "137", "pkg/kubelet/kubelet_pods.go"),
    ),
    see=("container-states", "oom", "probes", "runc"),
    modes=("exit-137", "app-segfault", "app-oomkilled", "app-error-exit", "app-exits-nonzero", "cpu-instruction-missing", "grace-period-too-short", "container-command-not-found"),
    aliases=("exit code", "exit status", "137", "143", "139", "127", "126", "128", "255", "SIGKILL", "SIGTERM"),
    references=("https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ContainerStatus",),
)
