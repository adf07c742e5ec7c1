"""The kubelet may not write its own directory."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-dir-not-writable",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet's root directory is not writable", "kubelet のルートディレクトリに書き込めない"),
    summary=Text(
        "/var/lib/kubelet (or --root-dir) has wrong ownership, SELinux label, mount options or is missing its mount, so the kubelet cannot create pod directories or ends at start.",
        "/var/lib/kubelet(または --root-dir)の所有者、SELinux ラベル、マウントオプションが不正、あるいはマウント自体が欠けており、kubelet が Pod ディレクトリを作れない、または起動時に終了する。",
    ),
    signatures=(
        Signature(r"(?:mkdir|open|rename|write|create|chmod|symlink) /var/lib/kubelet\S*: (?:permission denied|operation not permitted|not a directory|input/output error)", "kubelet", "states", source="os package"),
        Signature(r"could not create (?:root directory|directory|the kubelet)", "kubelet", "shows", source="pkg/kubelet/kubelet.go setupDataDirs"),
        Signature(r"nable to make pod data directories", "kubelet", "shows", source="pkg/kubelet/kubelet.go"),
        Signature(r"rror making pod data directories", "kubelet", "shows", source="pkg/kubelet/kubelet.go"),
        Signature(r"ailed to make pod data directories", "kubelet", "shows", source="pkg/kubelet/kubelet.go"),
        Signature(r"", "kubelet", "shows", reason="FailedToMakePodDataDirectories", source="pkg/kubelet/events"),
    ),
    leads_to=(
        Link("pod-stuck-creating", "node", Text("no directories, no volumes, no containers", "ディレクトリを作れずボリュームもコンテナも作れない"), strength=0.8),
        Link("kubelet-crash-loop", "node", Text("at start it cannot create its own directories", "起動時に自身のディレクトリを作れない"), strength=0.5),
    ),
    asks=(Ask("ls -ldZ /var/lib/kubelet /var/lib/kubelet/pods; findmnt -T /var/lib/kubelet; ausearch -m avc -ts recent | tail", Text("not root's, ro or noexec, or an AVC denial", "root 所有でない、ro/noexec、または AVC 拒否がある"), ("node-filesystem-readonly", "selinux-denial", "disk-pressure-eviction"), "disk-usage"),),
    remedies=(
        Remedy("temporary", Text("correct owner, label or mount, then restart the kubelet", "所有者・ラベル・マウントを修正し、kubelet を再起動する"), Text("restarts the kubelet only", "再起動するのは kubelet のみ"), "chown root:root /var/lib/kubelet; restorecon -R /var/lib/kubelet; systemctl restart kubelet", "kubectl get pods -A --field-selector spec.nodeName={node}"),
        Remedy("permanent", Text("create the directory and its mount in the node image, before the kubelet's unit (RequiresMountsFor=)", "ノードイメージでディレクトリとマウントを用意し、ユニットに RequiresMountsFor= を設定する"), Text("none", "なし"), verify="systemctl show kubelet -p RequiresMountsFor", risk_level="none"),
    ),
    examples=(
        hit("kubelet", "failed to make pod data directories for pod cart-7c"),
        hit("kubelet", '"Failed to run kubelet" err="failed to initialize top level directories: mkdir /var/lib/kubelet/plugins_registry: permission denied"'),
        hit("kubelet", '"Unable to make pod data directories for pod" err="mkdir /var/lib/kubelet/pods/0f1e2d3c-4b5a-6978-8877-665544332211: operation not permitted" pod="shop/cart-7c"'),
        hit("kubelet", "failed to run Kubelet: could not create root directory"),
        hit("k8s-event", "error making pod data directories: mkdir failed", "FailedToMakePodDataDirectories"),
        near_miss("kubelet", "open /var/lib/kubelet/device-plugins/.312: read-only file system"),
        near_miss("kubelet", "mkdir /var/lib/kubelet/pods/0f1e2d3c: no space left on device"),
        near_miss("pod-log", "mkdir /data: permission denied"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/node/kubelet-files/",),
)
