"""A static pod's manifest cannot be parsed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="static-pod-manifest-invalid",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("static pod manifest is broken", "static Pod のマニフェストが壊れている"),
    summary=Text(
        "The kubelet cannot make a pod of a file in the static pod directory (YAML error, unknown field, editor's backup file of the same pod). That pod is not started; if it is the API server's, the cluster is down.",
        "static Pod ディレクトリのファイルを Pod として解釈できない(YAML 構文、未知フィールド、同じ Pod のバックアップファイルなど)。その Pod は起動せず、API サーバーのものならクラスターが停止する。",
    ),
    signatures=(
        Signature(r"couldn't parse as pod\(", "kubelet", "states", source="pkg/kubelet/config/file.go"),
        Signature(r"Could not process manifest file", "kubelet", "states", source="pkg/kubelet/config/file_linux.go, file.go"),
        Signature(r"Can't (?:process manifest file|get metadata for) ", "kubelet", "shows", source="pkg/kubelet/config/file.go (before structured logs)"),
    ),
    leads_to=(
        Link("apiserver-unavailable", "cluster", Text("the API server's or etcd's pod is not started", "API サーバーや etcd の Pod が起動しない"), strength=0.6),
        Link("scheduler-down", "cluster", Text("the scheduler's pod is not started", "スケジューラーの Pod が起動しない"), strength=0.2),
        Link("controller-manager-down", "cluster", Text("the controller manager's pod is not started", "controller-manager の Pod が起動しない"), strength=0.2),
    ),
    asks=(Ask("journalctl -u kubelet | grep -i manifest | tail -5; ls -la /etc/kubernetes/manifests", Text("file and line of the error; more than one file per pod", "エラーのファイルと行。同じ Pod のファイルが複数ないかも確認"), ("apiserver-flags-invalid", "control-plane-cert-expired"), "kubelet-log"),),
    remedies=(
        Remedy("temporary", Text("correct the file (or restore it from a copy kept outside the directory); the kubelet picks it up within 20 s", "ファイルを修正する(またはディレクトリ外の控えから戻す)。kubelet は 20 秒以内に読み直す"), Text("the pod is restarted", "その Pod が再起動される"), "kubectl apply --dry-run=client --validate=true -f /etc/kubernetes/manifests/<file>", "crictl ps --name <component>"),
        Remedy("permanent", Text("edit manifests through the installer (kubeadm patches), keep backups elsewhere", "マニフェストはインストーラー経由(kubeadm patches)で編集し、バックアップは別の場所に置く"), Text("none", "なし"), verify="kubectl -n kube-system get pods -l tier=control-plane", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"Could not process manifest file" path="/etc/kubernetes/manifests/kube-apiserver.yaml" err="/etc/kubernetes/manifests/kube-apiserver.yaml: couldn\'t parse as pod(yaml: line 22: did not find expected key), please check config file"'),
        hit("kubelet", 'Can\'t process manifest file "/etc/kubernetes/manifests/etcd.yaml": invalid pod: [spec.containers[0].image: Required value]'),
        near_miss("kubelet", '"Unable to read config path" err="path does not exist, ignoring" path="/etc/kubernetes/manifests"'),
        near_miss("kubelet", '"Adding static pod path" path="/etc/kubernetes/manifests"'),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/",),
)
