"""The kubelet is installed, but kubeadm (or another installer) has not written its configuration yet."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-not-bootstrapped",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubelet not bootstrapped: its configuration file does not exist yet", "kubelet 未初期化: 設定ファイルがまだ存在しない"),
    summary=Text(
        "The kubelet package is installed and its unit enabled, but `kubeadm init` or `kubeadm join` has not run, so /var/lib/kubelet/config.yaml is absent and the kubelet exits every ten seconds. This is the expected state before the node joins; the same lines stay in the journal afterwards, so look at their time.",
        "kubelet パッケージは導入済みでユニットも有効だが、`kubeadm init` / `kubeadm join` が未実行のため /var/lib/kubelet/config.yaml がなく、kubelet は約 10 秒ごとに終了する。参加前のノードでは正常な状態である。参加後もこの行は journal に残るので、必ず時刻を確認する。",
    ),
    signatures=(
        Signature(r"failed to read kubelet config file .*no such file or directory", "kubelet", "states", source="cmd/kubelet/app/server.go"),
        Signature(r"failed to load [Kk]ubelet config file .*no such file or directory", "kubelet", "states", source="cmd/kubelet/app/server.go (v1.11 and later)"),
        Signature(r"failed to load [Kk]ubelet config file \S+, e(?:r(?:r(?:o(?:r)?)?)?)?(?:$|[^a-z :])", "kubelet", "shows", source="the same line, cut at the terminal's edge"),
        Signature(r"failed to load [Kk]ubelet config file .{0,120}failed to read kubelet config file [^:]{0,60}(?:, error: open [^:]{0,60})?$", "kubelet", "shows", source="the same line, cut further to the right"),
        Signature(r"unable to load client CA file \S+: open \S+: no such file or directory", "kubelet", "shows", source="cmd/kubelet/app/server.go: kubeadm has not laid the CA file yet"),
        Signature(r"open /var/lib/kubelet/config\.yaml: no such file or directory", "kubelet", "states", source="pkg/kubelet/kubeletconfig/util/files"),
    ),
    states=(StateTest("File", {"path": r"/var/lib/kubelet/config\.yaml", "size": "<=0"}, "suggests"),),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("without a configuration the kubelet exits at once and systemd starts it again", "設定ファイルがないため kubelet は即座に終了し、systemd が再起動を繰り返す"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the file is there and was read, but its content is refused", "ファイルは存在して読めているが、内容が拒否されている"), pattern=r"failed to decode|strict decoding error|no kind \\*\"KubeletConfiguration", component="kubelet", weight=0.8),
        Refutation(Text("the kubelet has registered the node", "kubelet がノードを登録済みである"), pattern=r"Successfully registered node", component="kubelet", weight=0.6),
    ),
    asks=(
        Ask("ls -l /var/lib/kubelet/config.yaml /etc/kubernetes/kubelet.conf", Text("both files are absent: the node was never joined", "どちらのファイルもなければ、ノードは一度も参加していない"), ("kubelet-config-invalid", "kubelet-removed-flag"), "kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("run kubeadm init (first control plane) or kubeadm join; nothing in the kubelet itself needs mending", "kubeadm init(最初のコントロールプレーン)または kubeadm join を実行する。kubelet 側の修理は不要"), Text("joins the node to a cluster: make sure that it is the right one", "ノードがクラスターに参加する。参加先を確認すること"), "kubeadm join <endpoint>:6443 --token <token> --discovery-token-ca-cert-hash sha256:<hash>", "systemctl is-active kubelet && kubectl get node {node}"),
        Remedy("permanent", Text("let the provisioning run init/join right after the package, or enable the unit only then", "パッケージ導入直後に init/join まで実行するようプロビジョニングを組むか、その時点で初めてユニットを有効化する"), Text("none", "なし"), verify="journalctl -u kubelet -b | grep -c 'failed to load'", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file "/var/lib/kubelet/config.yaml", error: open /var/l>'),
        hit("kubelet", 'failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file "/var/lib'),
        near_miss("kubelet", 'failed to load kubelet config file, path: /etc/kubernetes/kubelet.yaml, error: failed to load Kubelet config file /etc/kubernetes/kubelet.yaml, error failed to read kubelet config file "/etc/kubernetes/kubelet.yaml", error: open /etc/kubernetes/kubelet.yaml: permission denied'),
        hit("kubelet", 'failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file "/var/lib/kubelet/config.yaml", error: open /var/lib/kubelet/config.yaml: no such file or directory'),
        hit("kubelet", '"command failed" err="failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file \\"/var/lib/kubelet/config.yaml\\", error: open /var/lib/kubelet/config.yaml: no such file or directory"'),
        hit("kubelet", "failed to load Kubelet config file /var/lib/kubelet/config.yaml, err"),
        hit("kubelet", "error: unable to load client CA file /etc/kubernetes/pki/ca.crt: open /etc/kubernetes/pki/ca.crt: no such file or directory"),
        near_miss("kubelet", 'failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to decode, error: strict decoding error: unknown field "cgroupDrivr"'),
        near_miss("kubelet", "failed to parse kubelet flag: unknown flag: --network-plugin"),
        near_miss("kubelet", "failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory"),
    ),
    state_examples=(StateExample("File", {"path": "/var/lib/kubelet/config.yaml", "size": 0}, True), StateExample("File", {"path": "/var/lib/kubelet/config.yaml", "size": 912}, False)),
    versions="all versions that take --config (v1.10 and later)",
    references=(
        "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/",
        "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/kubelet-integration/",
    ),
)
