"""Docker still holds the name of a container that the kubelet wants to make anew."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="docker-container-name-conflict",
    layer="runtime",
    role="cause",
    subject="Pod",
    title=Text("Docker still holds the container's name", "Docker がコンテナ名を保持したままになっている"),
    summary=Text("A container of the same name and attempt exists (created, dead or half removed), so docker refuses to create it: an earlier create ran into a deadline, or a removal failed ('Dead', 'Removal In Progress').",
                 "同じ名前・同じ試行番号のコンテナが(Created、Dead、削除途中で)残っているため、Docker が作成を拒否する。先の作成が期限に達した、または削除に失敗した(Dead、Removal In Progress)場合である。"),
    signatures=(
        Signature(r"Conflict\. The (?:container )?name \\*\"/?k8s_", component="runtime", proof="states", source="moby daemon/names.go"),
        Signature(r"is already in use by container \\*\"?[0-9a-f]{12,64}", component="runtime", source="moby daemon/names.go"),
        Signature(r"[Ff]ailed to remove the conflicting container", component="kubelet", proof="suggests", source="dockershim helpers.go recoverFromCreationConflictIfNeeded: also when an earlier create ran into its deadline and ended after all"),
        Signature(r"driver \\*\"\w+\\*\" failed to remove root filesystem", component="runtime", proof="suggests", source="moby daemon/delete.go"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "pod", Text("the k8s_POD container cannot be created", "k8s_POD コンテナを作成できない"), strength=0.8),
        Link("container-cannot-run", "pod", Text("the container cannot be created", "コンテナを作成できない"), strength=0.8),
        Link("pod-stuck-creating", "pod", Text("each retry is refused", "再試行のたびに拒否される"), strength=0.8),
    ),
    asks=(Ask("docker ps -a --no-trunc --filter name={pod}  # on {node}", Text("a container of that name in Created, Dead or Removal In Progress", "同名のコンテナが Created・Dead・Removal In Progress で残っている"), ("cri-name-reserved-inflight", "docker-hang", "mount-leak-device-busy", "disk-io-saturation"), "container-list"),),
    remedies=(
        Remedy("temporary", Text("remove the container that holds the name; if docker does not list it, restart docker", "名前を保持しているコンテナを削除する。一覧に無ければ Docker を再起動する"), Text("check that it is not the running one", "稼働中のコンテナでないことを確認する"), "docker rm -f CONTAINER_ID  # on {node}", "kubectl -n {namespace} get pod {pod}", "restart"),
        Remedy("permanent", Text("mend what made the first create or the removal fail (slow disk, leaked mount); upgrade docker", "最初の作成や削除が失敗した原因(遅いディスク、マウントの残留)を直し、Docker を更新する"), Text("node by node", "1 台ずつ行う"), verify="docker ps -a --filter status=dead", risk_level="restart"),
    ),
    examples=(
        hit("k8s-event", 'Failed create pod sandbox: rpc error: code = Unknown desc = failed to create a sandbox for pod "web-1": Error response from daemon: Conflict. The container name "/k8s_POD_web-1_shop_0b6d_0" is already in use by container "77aa0101ffee". You have to remove (or rename) that container to be able to reuse that name.', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'Error response from daemon: Conflict. The name "/k8s_app_web-1_shop_0b6d_1" is already in use by container 77aa0101ffee'),
        hit("kubelet", 'Failed to remove the conflicting container "77aa0101ffee"'),
        hit("dockerd", 'Handler for DELETE /v1.38/containers/77aa returned error: driver "overlay2" failed to remove root filesystem for 77aa: remove /var/lib/docker/overlay2/9f1c/merged: device or resource busy'),
        near_miss("kubelet", 'failed to reserve sandbox name "web-1_shop_0b6d_0": name "web-1_shop_0b6d_0" is reserved for "77aa0101ffee"'),
    ),
    versions="dockershim to v1.23, cri-dockerd",
    references=("https://github.com/kubernetes/kubernetes/issues/40443",),
)
