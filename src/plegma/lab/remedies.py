"""What an operator can do in the lab, and which faults it ends for good, ends for now, or only keeps in bounds.

Names of faults are those of the files in `faults/`; a test holds that each fault has a remedy that ends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from plegma.model.texts import Text

HOUR = 3600.0
DAY = 24 * HOUR
_LATER = {"memo-crash": (DAY / 2, 2 * DAY), "memo-hang": (2 * DAY, 2.1 * DAY)}
"""As in the memo: a sandbox is left half made again, and in the days after that a call holds its lock again."""

Target = Literal["pod", "node", "cluster"]
Act = Literal["", "delete-pod", "restart-kubelet", "restart-runtime", "upgrade-libcni", "replace-plugin", "roll-out"]


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy. `act`: what is done to the model beside ending faults.

    `ends`: faults that are over for good (of a remedy for a node: on that node). `eases`: faults that are over for now,
    with the least and most seconds after which they strike again. `bounds`: faults that strike again but then do no harm.
    """

    name: str
    target: Target
    title: Text
    act: Act = ""
    ends: tuple[str, ...] = ()
    eases: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bounds: tuple[str, ...] = ()


_MEMO = ("memo-hang", "memo-crash")

REMEDIES: Mapping[str, Remedy] = {
    remedy.name: remedy
    for remedy in (
        Remedy("delete-pod", "pod", Text("delete the pod, so that its controller makes a new one", "Pod を削除し、コントローラーに作り直させる"),
               "delete-pod", eases=_LATER),
        Remedy("restart-kubelet", "node", Text("restart the kubelet", "kubelet を再起動する"),
               "restart-kubelet", ("kubelet-stopped", "transient-kubelet"), _LATER),
        Remedy("restart-runtime", "node", Text("restart the container runtime", "コンテナランタイムを再起動する"),
               "restart-runtime", ("containerd-stopped", "dockerd-stopped", "transient-runtime"),
               dict.fromkeys(("containerd-hangs", "docker-hangs"), (HOUR, 6 * HOUR))),
        Remedy("upgrade-libcni", "node",
               Text("upgrade libcni (and what is built with it) to a version whose exec has a timeout",
                    "libcni(とそれを組み込むもの)を、実行にタイムアウトがある版へ更新する"),
               "upgrade-libcni", bounds=_MEMO),
        Remedy("replace-plugin", "node", Text("install a CNI plugin that always returns", "必ず戻る CNI プラグインに入れ替える"),
               "replace-plugin", (*_MEMO, "plugin-hangs", "ipam-leak")),
        Remedy("restore-cni-config", "node", Text("put the CNI configuration back into /etc/cni/net.d", "/etc/cni/net.d に CNI の設定を戻す"),
               ends=("config-gone",)),
        Remedy("install-plugin", "node", Text("install the missing plugin into /opt/cni/bin", "欠けているプラグインを /opt/cni/bin に入れる"),
               ends=("plugin-missing",)),
        Remedy("free-addresses", "node", Text("remove reservations of addresses whose sandboxes are gone", "sandbox がもうない IP の予約を消す"),
               eases={"ipam-full": (6 * HOUR, DAY), "ipam-leak": (6 * HOUR, DAY)}),
        Remedy("widen-range", "node", Text("give the node a larger range of pod addresses", "ノードの Pod アドレス範囲を広げる"), ends=("ipam-full",)),
        Remedy("remove-bridge", "node", Text("remove the bridge, so that the plugin makes it anew", "bridge を削除し、プラグインに作り直させる"),
               ends=("bridge-address",)),
        Remedy("restart-network-agent", "node", Text("restart the network add-on's agent on the node", "ノードのネットワークアドオンのエージェントを再起動する"),
               ends=("flannel-env", "cilium-down", "calico-token")),
        Remedy("restore-network", "cluster", Text("restore the way to the API server and the datastore", "API サーバーとデータストアへの経路を直す"),
               ends=("api-unreachable", "calico-datastore")),
        Remedy("start-api-server", "cluster", Text("start the API server again", "API サーバーを再び起動する"), ends=("api-refuses",)),
        Remedy("renew-certificate", "node", Text("renew the kubelet's client certificate", "kubelet のクライアント証明書を更新する"),
               "restart-kubelet", ("kubelet-cert",)),
        Remedy("turn-swap-off", "node", Text("turn swap off and start the kubelet", "swap を無効にして kubelet を起動する"), "restart-kubelet", ("kubelet-swap",)),
        Remedy("upgrade-runtime", "node", Text("upgrade the runtime to a version without the deadlock", "デッドロックのない版のランタイムへ更新する"),
               "restart-runtime", ("containerd-hangs", "docker-hangs")),
        Remedy("mend-registry", "cluster", Text("mend the registry", "レジストリを直す"), ends=("registry-500", "registry-down", "transient-registry")),
        Remedy("mend-dns", "cluster", Text("mend name resolution for the registry", "レジストリの名前解決を直す"), ends=("registry-dns",)),
        Remedy("trust-authority", "node", Text("install the registry's authority and restart the runtime", "レジストリの認証局を入れ、ランタイムを再起動する"),
               "restart-runtime", ("registry-x509",)),
        Remedy("log-in-to-registry", "cluster", Text("give the pods credentials for the registry", "Pod にレジストリの資格情報を与える"),
               ends=("image-auth", "registry-limit")),
        Remedy("load-pause-image", "node", Text("load the pause image on the node", "ノードに pause イメージを読み込む"), ends=("pause-image",)),
        Remedy("correct-template", "cluster", Text("correct the pod template and roll it out", "Pod テンプレートを直して展開する"), "roll-out",
               ("image-missing", "image-arch", "command-missing", "command-not-executable", "run-as-root", "hostpath", "node-selector",
                "taint", "liveness-refused", "liveness-slow")),
        Remedy("mend-application", "cluster", Text("mend the application and roll it out", "アプリケーションを直して展開する"), "roll-out",
               ("app-exit", "app-segfault", "readiness-503")),
        Remedy("raise-memory-limit", "cluster", Text("raise the container's memory limit", "コンテナのメモリ上限を上げる"), "roll-out", ("app-oom",)),
        Remedy("create-object", "cluster", Text("create the missing ConfigMap, Secret, service account or claim", "足りない ConfigMap・Secret・ServiceAccount・PVC を作る"),
               ends=("configmap-missing", "secret-volume", "service-account", "claim-missing", "claim-unbound")),
        Remedy("add-capacity", "cluster", Text("add nodes", "ノードを増やす"), ends=("no-cpu", "no-memory")),
        Remedy("raise-quota", "cluster", Text("raise the namespace's quota", "Namespace の quota を上げる"), ends=("quota",)),
        Remedy("free-disk", "node", Text("delete old images and logs on the node", "ノードの古いイメージとログを消す"), eases={"disk-full": (HOUR, 12 * HOUR)}),
        Remedy("enlarge-disk", "node", Text("give the node a larger disk and rotate its logs", "ディスクを大きくし、ログをローテートする"), ends=("disk-full",)),
        Remedy("replace-disk", "node", Text("replace the disk", "ディスクを交換する"), ends=("disk-broken", "disk-read-only")),
        Remedy("start-nfs-server", "cluster", Text("start the NFS server again", "NFS サーバーを再び起動する"), ends=("nfs-down", "hung-task", "hung-container")),
        Remedy("detach-volume", "cluster", Text("detach the volume from the other node", "もう一方のノードからボリュームを外す"), ends=("multi-attach",)),
        Remedy("install-csi-driver", "node", Text("install the CSI driver on the node", "ノードに CSI ドライバーを入れる"), ends=("csi-missing",)),
        Remedy("raise-conntrack", "node", Text("raise nf_conntrack_max", "nf_conntrack_max を上げる"), ends=("conntrack",)),
        Remedy("install-runc", "node", Text("install the low-level runtime", "低レベルランタイムを入れる"), ends=("shim-missing",)),
        Remedy("configure-handler", "node", Text("configure the runtime class's handler", "RuntimeClass のハンドラーを設定する"), ends=("handler-missing",)),
        Remedy("start-webhook", "cluster", Text("start the admission webhook's pods again", "Admission webhook の Pod を再び動かす"), ends=("webhook-down",)),
        Remedy("wait", "node", Text("wait: the kubelet makes a new sandbox by itself", "待つ: kubelet が自分で sandbox を作り直す"), ends=("pause-killed", "shim-killed")),
    )
}  # fmt: skip


def remedies_of(fault: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of the remedies that help against a fault "for now", and of those that do so "for good"."""
    now = tuple(r.name for r in REMEDIES.values() if fault in r.eases)
    good = tuple(r.name for r in REMEDIES.values() if fault in r.ends or fault in r.bounds)
    return ("for now", now), ("for good", good)
