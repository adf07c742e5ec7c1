"""A finalizer keeps a deleted pod or namespace from going away."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="finalizer-stuck",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("a finalizer holds a deleted pod or namespace", "finalizer により削除済みの Pod や namespace が残っている"),
    summary=Text(
        "The object has a deletionTimestamp, its containers have ended and its sandbox is gone, but a controller that should remove its finalizer does not run (uninstalled, broken, or waiting on an API service). Namespaces list what remains in their conditions. The node has nothing to do with it.",
        "オブジェクトには deletionTimestamp があり、コンテナも PodSandbox も既に無いが、finalizer を外すはずのコントローラーが動いていない(アンインストール済み、故障、API サービス待ちなど)。namespace では残存物が condition に書かれる。ノードとは無関係である。",
    ),
    signatures=(
        Signature(r"Some content in the namespace has finalizers remaining", proof="states", source="pkg/controller/namespace/deletion/status_condition_utils.go"),
        Signature(r"Some resources are remaining: ", source="pkg/controller/namespace/deletion/status_condition_utils.go"),
        Signature(r"unexpected items still remain in namespace: ", proof="suggests", source="pkg/controller/namespace/deletion/namespaced_resources_deleter.go"),
    ),
    states=(
        StateTest("Pod", {"finalizers": r"."}, "states"),
        StateTest("Pod", {"deletion": r".", "phase": r"^(Succeeded|Failed)$"}),
    ),
    leads_to=(
        Link("pod-stuck-terminating", "pod", Text("the API keeps the object until its last finalizer is removed", "最後の finalizer が外れるまで API はオブジェクトを残す"), strength=0.95),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.metadata.deletionTimestamp} {.metadata.finalizers} {.status.phase}'", Text("a finalizer, and containers that have all ended", "finalizer があり、コンテナはすべて終了している"),
            ("sandbox-kill-failing", "volume-unmount-failing", "mount-leak-device-busy", "cni-del-error-loop", "grace-period-too-short")),
        Ask("kubectl get namespace {namespace} -o yaml; kubectl get apiservices | grep False", Text("conditions that name the remaining kinds, or an API service that is not available", "残存する種類を示す condition、または利用できない API サービス"), ("admission-webhook-unavailable",)),
    ),
    remedies=(
        Remedy("temporary", Text("bring back the controller that owns the finalizer; only when it is gone for good, remove the finalizer by hand", "finalizer を所有するコントローラーを復旧する。完全に無くなった場合に限り、手で finalizer を外す"),
               Text("what the finalizer should have cleaned (cloud disks, load balancers, job counts) stays behind", "本来片付けられるもの(クラウドのディスクや LB、Job の集計)が残る"),
               "kubectl -n {namespace} patch pod {pod} --type=merge -p '{\"metadata\":{\"finalizers\":null}}'", "kubectl -n {namespace} get pod {pod}", "data-loss"),
        Remedy("permanent", Text("delete the custom resources before their operator, and uninstall API services together with their backends", "オペレーターより先にカスタムリソースを削除し、API サービスはバックエンドと一緒に削除する"), Text("none", "なし"), "kubectl get apiservices", "kubectl get namespaces", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/", "https://kubernetes.io/blog/2021/05/14/using-finalizers-to-control-deletion/"),
    examples=(
        hit("status", "Some content in the namespace has finalizers remaining: backup.example/protect in 2 resource instances", reason="SomeFinalizersRemain"),
        hit("status", "Some resources are remaining: pods. has 1 resource instances, backups.example has 2 resource instances", reason="SomeResourcesRemain"),
        hit("kube-controller-manager", "deletion of namespace shop failed: unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods"),
        near_miss("kubelet", 'error killing pod: failed to "KillPodSandbox" for "5d2f6c1e" with KillPodSandboxError'),
        near_miss("kubelet", "UnmountVolume.TearDown failed for volume \"data\": device or resource busy"),
        near_miss("status", "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.example/v1beta1: the server is currently unable to handle the request", reason="DiscoveryFailed"),
        near_miss("status", "All resources successfully discovered", reason="ResourcesDiscovered"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "Terminating", "phase": "Succeeded", "deletion": "2026-03-01T10:00:00Z"}, True),
        StateExample("Pod", {"status": "Terminating", "phase": "Running", "deletion": "2026-03-01T10:00:00Z"}, False),
        StateExample("Pod", {"status": "Terminating", "phase": "Running", "deletion": "2026-03-01T10:00:00Z", "finalizers": "foregroundDeletion"}, True),
        StateExample("Pod", {"status": "Completed", "phase": "Succeeded"}, False),
    ),
)
