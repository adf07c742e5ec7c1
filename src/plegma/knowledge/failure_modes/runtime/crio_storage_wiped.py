"""CRI-O wiped its storage after an unclean shutdown or an upgrade."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="crio-storage-wiped",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("CRI-O wiped its containers and images after an unclean shutdown", "CRI-O が不正終了後にコンテナとイメージを消去した"),
    summary=Text("At start CRI-O (or crio-wipe.service) finds that the node went down without its clean-shutdown file, or that its version changed, and removes containers, and images too. All pods are made anew and every image is pulled again: slow, and impossible where the registry is not reachable or images were only loaded by hand.",
                 "起動時に CRI-O(または crio-wipe.service)が、正常終了の印がないかバージョン変更を検出し、コンテナとイメージを削除する。全 Pod が作り直され、全イメージが再取得される。時間がかかり、レジストリに届かない環境や手動で読み込んだイメージでは復旧できない。"),
    signatures=(
        Signature(r"[Ww]iping storage directory ", component="runtime", proof="states", source="cri-o internal/lib HandleUncleanShutdown"),
        Signature(r"triggering wipe of (?:images|containers)", component="runtime", source="cri-o internal/criocli/wipe.go"),
        Signature(r"[Ii]nternal wipe not set, meaning crio wipe will wipe", component="runtime", proof="suggests", source="cri-o internal/criocli/wipe.go"),
        Signature(r"failed to handle unclean shutdown", component="runtime", proof="states", source="cri-o internal/criocli/wipe.go"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("images that only this node had are gone", "このノードにしかなかったイメージが失われる"), strength=0.5),
        Link("pod-stuck-creating", "node", Text("every image is pulled again first", "まず全イメージの再取得を待つ"), strength=0.6),
        Link("sandbox-image-pull-failure", "node", Text("the pause image is gone too", "pause イメージも失われる"), strength=0.4),
        Link("container-restarting", "node", Text("all containers are made anew", "全コンテナが作り直される"), strength=0.4),
        Link("crio-stopped", "node", Text("a wipe that fails keeps crio from starting", "消去に失敗すると crio が起動しない"), strength=0.2),
    ),
    asks=(Ask("journalctl -u crio-wipe -u crio -b --no-pager | grep -i wip; last -x | head; crictl images  # on {node}", Text("the wipe at this boot, an unclean end of the boot before, few images", "今回の起動での消去、前回の不正終了、イメージが少ない"), ("image-store-corrupted", "pause-image-garbage-collected", "node-rebooted"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("let the images be pulled, or load them by hand where there is no registry", "イメージの再取得を待つ。レジストリがなければ手動で読み込む"), Text("none", "なし"), "crictl images; skopeo copy docker-archive:IMAGE.tar containers-storage:{image}  # on {node}", "crictl images", "none"),
        Remedy("permanent", Text("shut nodes down cleanly (graceful node shutdown, UPS), keep a local mirror or pinned images, upgrade (the wipe runs once per boot from 1.33 on)", "ノードを正常に停止し(graceful node shutdown、UPS)、ローカルミラーや固定イメージを用意し、更新する(1.33 以降は起動ごとに 1 回のみ)"), Text("none", "なし"), verify="ls -l /var/lib/crio/clean.shutdown", risk_level="none"),
    ),
    examples=(
        hit("crio", 'File "/var/lib/crio/clean.shutdown" not found. Wiping storage directory "/var/lib/containers/storage" because of suspected dirty shutdown'),
        hit("crio", "version file /var/lib/crio/version not found: triggering wipe of images"),
        hit("crio", "Internal wipe not set, meaning crio wipe will wipe. In the future, all wipes after reboot will happen when starting the crio server."),
        hit("crio", "failed to handle unclean shutdown remove /var/lib/containers/storage/overlay: device or resource busy"),
        near_miss("crio", "Version unchanged and node not rebooted; no wipe needed"),
        near_miss("crio", "Unclean shutdown check already succeeded by previous crio wipe command"),
    ),
    references=("https://github.com/cri-o/cri-o/pull/3999", "https://github.com/cri-o/cri-o/pull/9059"),
)
