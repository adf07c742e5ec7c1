"""The garbage collector cannot sync its caches."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="garbage-collector-blocked",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("garbage collector blocked", "ガベージコレクターが停止している"),
    summary=Text(
        "The garbage collector of the controller manager waits until all kinds can be listed. One kind that cannot (dead aggregated API, failing conversion webhook, stale CRD) stops it: dependents of deleted owners stay.",
        "controller-manager のガベージコレクターは全種別を列挙できるまで待つ。1 つでも列挙できない種別(停止した集約 API、失敗する conversion webhook、古い CRD)があると停止し、削除済みオーナーの従属オブジェクトが残る。",
    ),
    signatures=(
        Signature(r"unable to sync caches for garbage collector", "any", "states", source="pkg/controller/garbagecollector"),
        Signature(r"timed out waiting for dependency graph builder sync during GC sync", "any", "states", source="pkg/controller/garbagecollector"),
        Signature(r"garbage ?collector.{0,120}failed to discover (?:some groups|preferred resources)", "any", "shows", at_least=5, source="pkg/controller/garbagecollector; now and then while an aggregated API starts"),
    ),
    leads_to=(Link("namespace-stuck-terminating", "cluster", Text("dependents are not removed", "従属オブジェクトが削除されない"), strength=0.3), Link("pod-stuck-terminating", "cluster", Text("foreground deletion never ends", "foreground 削除が終わらない"), strength=0.3)),
    asks=(Ask("kubectl -n kube-system logs -l component=kube-controller-manager | grep -i 'garbage' | tail; kubectl get apiservice | grep False", Text("the group that it cannot list", "列挙できないグループ"), ("aggregated-api-unavailable", "conversion-webhook-failing", "controller-manager-down"), "controller-log"),),
    remedies=(
        Remedy("temporary", Text("mend or remove the APIService, webhook or CRD that cannot be listed", "列挙できない APIService・webhook・CRD を修復または削除する"), Text("removing a CRD removes its objects", "CRD の削除は配下オブジェクトの削除を伴う"), "kubectl get apiservice | grep False", "kubectl -n kube-system logs -l component=kube-controller-manager --tail=50 | grep -c 'garbage'"),
        Remedy("permanent", Text("remove APIServices and CRDs together with the product they belong to", "APIService や CRD は所属製品と同時に削除する"), Text("none", "なし"), verify="kubectl api-resources >/dev/null", risk_level="none"),
    ),
    examples=(
        hit("kube-controller-manager", "unable to sync caches for garbage collector controller"),
        hit("kube-controller-manager", "timed out waiting for dependency graph builder sync during GC sync (attempt 14)"),
        hit("kube-controller-manager", "garbage collector: failed to discover some groups: map[metrics.k8s.io/v1beta1:the server is down]", count=40),
        near_miss("kube-controller-manager", "garbagecollector: failed to discover some groups: map[metrics.k8s.io/v1beta1:stale GroupVersion discovery: metrics.k8s.io/v1beta1]"),
        near_miss("k8s-event", "failed to garbage collect required amount of images. Wanted to free 1873241702 bytes, but freed 0 bytes", "ImageGCFailed"),
        near_miss("kube-controller-manager", "Caches are synced for garbage collector"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/architecture/garbage-collection/",),
)
