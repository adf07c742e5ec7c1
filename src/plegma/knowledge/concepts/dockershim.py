"""The Docker driver that was part of the kubelet."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="dockershim",
    title=Text("dockershim (Docker under the kubelet, to v1.23)", "dockershim(kubelet 内蔵の Docker ドライバー、v1.23 まで)"),
    what=Text(
        "Up to v1.23 the kubelet carried a CRI server that drove Docker: dockershim. It called the Docker API, ran the CNI plugins itself, and wrote a checkpoint for each sandbox to /var/lib/dockershim/sandbox. Containers are called k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT, sandboxes k8s_POD_... From v1.24 the same code lives outside as cri-dockerd.\n"
        "Up to v1.13 or so a relist is `docker ps` and one `docker inspect` for each changed pod, so all of Docker's slowness reaches PLEG.",
        "v1.23 までの kubelet は、Docker を操作する CRI サーバー(dockershim)を内蔵していた。Docker API を呼び、CNI プラグインを自ら実行し、sandbox ごとに /var/lib/dockershim/sandbox へチェックポイントを書く。コンテナ名は k8s_コンテナ_Pod_名前空間_UID_attempt、sandbox は k8s_POD_... である。v1.24 以降は同じコードが cri-dockerd として外に出た。\n"
        "v1.13 頃までの relist は docker ps と、変化した Pod ごとの docker inspect なので、Docker の遅さがそのまま PLEG に現れる。",
    ),
    fails=Text(
        "A checkpoint that outlives its container keeps the sandbox on the list; asking for it gives 'Error: No such container: ID' with code Unknown instead of NotFound, and that one error fails the status of the whole pod for ever ('error determining status', FailedSync) although a newer k8s_POD container may be up. The CNI lock is taken per pod by set-up, tear-down and status alike and has no deadline: one plugin call that never returns blocks the pod's later calls, and with them the relist. When dockerd hangs every call ends after 2 minutes with 'operation timeout: context deadline exceeded'.",
        "コンテナより長く残ったチェックポイントは sandbox を一覧に載せ続ける。問い合わせると NotFound ではなく code = Unknown の「Error: No such container: ID」が返り、この 1 件で Pod 全体の状態取得が失敗し続ける(error determining status、FailedSync)。新しい k8s_POD が動いていても同じである。CNI のロックは Pod 単位で、作成・削除・状態取得のすべてが取り、期限が無い。返らないプラグイン呼び出しが 1 つあると、その Pod の以後の呼び出しと relist がすべて待たされる。dockerd がハングすると、各呼び出しは 2 分後に「operation timeout: context deadline exceeded」で終わる。",
    ),
    look=(
        Look("ls -l --time-style=full-iso /var/lib/dockershim/sandbox  # on {node}", Text("a file for each sandbox; one that docker does not know is stale", "sandbox ごとのファイル。Docker が知らないものは残骸")),
        Look("docker ps -a --no-trunc --filter label=io.kubernetes.pod.uid={pod_uid}  # on {node}", Text("which containers and sandboxes of the pod exist", "Pod のコンテナと sandbox の実在")),
        Look("kill -USR1 $(pidof dockerd)  # on {node}", Text("writes all goroutines to a file under /var/run/docker; dockerd goes on", "全 goroutine を /var/run/docker 配下へ書き出す(dockerd は動き続ける)")),
    ),
    numbers=(
        Number(Text("deadline of a Docker call (runtimeRequestTimeout)", "Docker 呼び出しの期限(runtimeRequestTimeout)"), "2 m", "pkg/kubelet/dockershim/libdocker/kube_docker_client.go (v1.12)"),
        Number(Text("a pull without progress is given up after", "進捗のない pull を打ち切るまで"), "1 m", "pkg/kubelet/config/flags.go (v1.12)"),
        Number(Text("removed from the kubelet", "kubelet から削除された版"), "v1.24", "CHANGELOG/CHANGELOG-1.24.md"),
    ),
    see=("cri", "pod-sandbox", "pleg", "cni"),
    modes=(
        "stale-sandbox-checkpoint", "sandbox-container-missing", "dockerd-stopped", "docker-hang", "docker-containerd-state-desync", "dockerd-config-invalid",
        "dockerd-network-controller-failed", "docker-storage-driver-failed", "cri-dockerd-stopped",
        "docker-api-version-mismatch", "docker-container-name-conflict", "docker-log-driver-unsupported", "docker-restart-without-live-restore",
    ),
    aliases=("docker", "cri-dockerd", "dockerd"),
    references=("https://kubernetes.io/dockershim/", "https://github.com/kubernetes/kubernetes/blob/v1.12.0/pkg/kubelet/dockershim/docker_sandbox.go"),
)
