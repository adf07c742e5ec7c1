"""A controller or manifest uses a kind that the API server does not have."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="crd-missing",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("CRD or API version not installed", "CRD または API バージョンが存在しない"),
    summary=Text(
        "The custom resource definition was not installed (or was deleted), or the API version was removed from Kubernetes. Controllers exit at their start, and manifests are refused.",
        "CRD が未導入(または削除済み)か、API バージョンが Kubernetes から削除されている。コントローラーは起動時に終了し、マニフェストは拒否される。",
    ),
    signatures=(
        Signature(r"no matches for kind \\*\"\w+\\*\" in version", "any", "states", source="apimachinery meta"),
        Signature(r"[Ff]ailed to list \*\S+: the server could not find the requested resource \(get [a-z0-9]+\.(?:[a-z0-9-]+\.)*(?:[a-jl-z][a-z0-9-]*|k[a-z-][a-z0-9-]*)\.[a-z]+\)", "any", "shows", source="client-go reflector: 404 for a group that is not Kubernetes' own (*.k8s.io)"),
        Signature(r"if kind is a CRD, it should be installed before calling Start", "any", "states", source="controller-runtime"),
        Signature(r"failed to wait for \S+ caches to sync", "any", "suggests", source="controller-runtime"),
    ),
    leads_to=(
        Link("app-error-exit", "cluster", Text("the controller ends", "コントローラーが終了する"), strength=0.6),
        Link("crash-loop-back-off", "cluster", Text("it ends again at each start", "起動のたびに終了する"), strength=0.6),
    ),
    asks=(Ask("kubectl get crd; kubectl api-versions | grep <group>", Text("the kind or version is absent", "種別や版が存在しない"), ("kubelet-version-skew", "aggregated-api-unavailable", "rbac-forbidden", "app-exits-nonzero"), "pod-log"),),
    remedies=(
        Remedy("temporary", Text("install the CRDs of the controller's version (Helm does not upgrade CRDs)", "コントローラーの版に合う CRD を導入する(Helm は CRD を更新しない)"), Text("never delete CRDs: their objects go with them", "CRD の削除は配下オブジェクトの削除を意味する"), "kubectl apply --server-side -f <crds.yaml>", "kubectl get crd | grep <group>", "none"),
        Remedy("permanent", Text("manage CRDs apart from charts, check manifests against removed APIs before an upgrade", "CRD をチャートと別に管理し、アップグレード前に削除 API を検査する"), Text("none", "なし"), verify="kubectl api-resources | grep <group>", risk_level="none"),
    ),
    examples=(
        hit("pod-log", 'no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1"'),
        hit("pod-log", '{"level":"error","msg":"if kind is a CRD, it should be installed before calling Start","kind":"Widget.lab.example"}'),
        hit("pod-log", "failed to wait for widget caches to sync: timed out waiting for cache to be synced"),
        near_miss("pod-log", 'widgets.lab.example is forbidden: User "system:serviceaccount:ops:widgets" cannot list resource "widgets" in API group "lab.example" at the cluster scope'),
        hit("pod-log", "failed to list *v1.Widget: the server could not find the requested resource (get widgets.lab.example)"),
        near_miss("kubelet", "failed to list *v1.RuntimeClass: the server could not find the requested resource (get runtimeclasses.node.k8s.io)"),
        near_miss("shell", 'Error from server (NotFound): widgets.lab.example "a" not found'),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/using-api/deprecation-guide/",),
)
