"""A namespace does not go away."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="namespace-stuck-terminating",
    layer="control_plane",
    role="symptom",
    subject="Cluster",
    title=Text("namespace stays Terminating", "namespace が Terminating のまま残る"),
    summary=Text(
        "Not all of the namespace's content could be removed; its conditions say what remains or could not be listed.",
        "namespace の中身を削除しきれていない。何が残り、何が列挙できないかは Conditions に書かれる。",
    ),
    signatures=(
        Signature(r"NamespaceDeletionDiscoveryFailure", "any", "shows", source="namespace controller"),
        Signature(r"Discovery failed for some groups", "any", "shows", source="namespace controller"),
        Signature(r"Some content in the namespace has finalizers remaining", "any", "shows", source="namespace controller"),
        Signature(r"Some resources are remaining", "any", "shows", source="namespace controller"),
        Signature(r"because it is being terminated", "any", "shows", source="NamespaceLifecycle admission"),
    ),
    leads_to=(Link("pod-not-created", "cluster", Text("nothing new may be created in it", "新しいオブジェクトを作成できない"), strength=0.8),),
    asks=(Ask("kubectl get ns <ns> -o jsonpath='{.status.conditions}'; kubectl api-resources --verbs=list --namespaced -o name | xargs -n1 kubectl get -n <ns> --ignore-not-found --show-kind", Text("the kind that remains, or the group that cannot be listed", "残っている種別、または列挙できないグループ"), ("aggregated-api-unavailable", "conversion-webhook-failing", "finalizer-stuck"), "events"),),
    examples=(
        hit("shell", "NamespaceDeletionDiscoveryFailure   True    DiscoveryFailed"),
        hit("status", "Some resources are remaining: widgets.lab.example has 2 resource instances", "SomeResourcesRemain"),
        hit("status", "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1", "DiscoveryFailed"),
        hit("status", "Some content in the namespace has finalizers remaining: lab.example/cleanup in 2 resource instances", "SomeFinalizersRemain"),
        hit("k8s-event", 'pods "web-1" is forbidden: unable to create new content in namespace shop because it is being terminated', "FailedCreate"),
        near_miss("status", "All content successfully deleted, may be waiting on finalization", "ContentDeleted"),
    ),
    versions="conditions since v1.16",
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",),
)
