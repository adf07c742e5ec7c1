"""CRI-O does not know which registry a short image name means."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-short-name-unresolved",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image name has no registry, and this runtime does not guess one", "イメージ名にレジストリが無く、このランタイムでは補完されない"),
    summary=Text(
        "CRI-O expands a short name (nginx, team/web) only by an alias or a list of search registries. Where neither is set, or where enforcing mode finds several candidates, the pull is refused; dockerd and containerd would have taken docker.io.",
        "CRI-O は短い名前(nginx や team/web)をエイリアスまたは検索レジストリの一覧でしか補完しない。どちらも無いか、enforcing モードで候補が複数あると取得を拒否する。dockerd や containerd なら docker.io が補われる。",
    ),
    signatures=(
        Signature(r"did not resolve to an alias and no unqualified-search registries are defined", component="runtime", proof="states", source="containers/image pkg/shortnames"),
        Signature(r"did not resolve to an alias and no containers-registries\.conf", component="runtime", proof="states", source="containers/image pkg/shortnames"),
        Signature(r"short-name resolution enforced but cannot prompt", component="runtime", proof="states", source="containers/image pkg/shortnames"),
        Signature(r"short name mode is enforcing, but image name \S+ returns ambiguous list", component="runtime", proof="states", source="CRI-O internal/storage/image.go"),
        Signature(r"no registries to search were provided", component="runtime", source="CRI-O before 1.20"),
    ),
    leads_to=(Link("image-pull-back-off", "pod", Text("no registry is chosen, so nothing is pulled", "レジストリが決まらないため取得できない"), within=600, strength=0.95),),
    asks=(
        Ask("grep -rE 'unqualified-search-registries|short-name-mode' /etc/containers/registries.conf /etc/containers/registries.conf.d  # on {node}", Text("an empty list, or mode enforcing with several registries", "一覧が空、または enforcing でレジストリが複数ある"), ("image-not-found", "image-name-invalid"), evidence="runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("write the image with its registry", "イメージをレジストリ付きで指定する"), Text("rolls the pods", "Pod が入れ替わる"), "kubectl -n {namespace} set image deployment/WORKLOAD {container}=docker.io/library/IMAGE:TAG", "kubectl -n {namespace} rollout status deployment/WORKLOAD", "restart"),
        Remedy("permanent", Text("require fully qualified image names by policy; otherwise list one search registry in registries.conf on every node", "完全修飾名をポリシーで必須にする。難しい場合は全ノードの registries.conf に検索レジストリを 1 つだけ登録する"), Text("several search registries let another registry's image of that name be run", "検索レジストリが複数あると、別レジストリの同名イメージが実行される恐れがある"), "systemctl reload crio  # on {node}", "crictl pull {image}", "none"),
    ),
    versions="CRI-O; from 1.34 on short-name-mode is enforcing by default",
    references=("https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md", "https://www.redhat.com/en/blog/container-image-short-names"),
    examples=(
        hit("k8s-event", 'Failed to inspect image "": rpc error: code = Unknown desc = short-name "web:4" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"', reason="InspectFailed"),
        hit("kubelet", 'PullImage from image service failed: rpc error: code = Unknown desc = short-name "web:4" did not resolve to an alias and no containers-registries.conf(5) was found'),
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = short-name resolution enforced but cannot prompt without a TTY', reason="Failed"),
        hit("k8s-event", 'Failed to inspect image "": rpc error: code = Unknown desc = short name mode is enforcing, but image name web:4 returns ambiguous list', reason="InspectFailed"),
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = no registries to search were provided', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "docker.io/library/web:4": rpc error: code = Unknown desc = reading manifest 4 in docker.io/library/web: manifest unknown', reason="Failed"),
        near_miss("k8s-event", "Error: InvalidImageName", reason="Failed"),
    ),
)
