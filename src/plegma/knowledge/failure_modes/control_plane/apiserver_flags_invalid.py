"""A control-plane program does not start: its flags or files are wrong."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apiserver-flags-invalid",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("API server (or other static pod) has invalid flags or missing files", "API サーバー等の起動フラグや参照ファイルが不正"),
    summary=Text(
        "After an edit of a manifest or an upgrade a flag is unknown or malformed, a plugin's name is wrong, or a file that a flag names is not mounted. The container exits at once; its own log (crictl logs) has the line.",
        "マニフェスト編集やアップグレード後、未知・不正なフラグ、プラグイン名の誤り、フラグが指すファイルの未マウントがある。コンテナは即座に終了し、理由は自身のログ(crictl logs)に残る。",
    ),
    signatures=(
        Signature(r"unknown flag: --", "apiserver", "states", source="spf13/pflag", signed=True),
        Signature(r"unknown flag: --(?:insecure-port|insecure-bind-address|port|address|enable-swagger-ui|basic-auth-file|kubelet-https|experimental-encryption-provider-config|service-account-api-audiences|master-service-namespace)", "any", "states", source="flags that kube-apiserver, controller manager or scheduler lost"),
        Signature(r"enable-admission-plugins plugin \\*\"[^\"]+\" is unknown", "any", "states", source="kube-apiserver"),
        Signature(r"--service-account-(?:issuer|signing-key-file|key-file) is a required flag", "any", "states", source="kube-apiserver v1.20 and later"),
        Signature(r"loading audit policy file: failed to read file", "any", "states", source="kube-apiserver"),
        Signature(r"error while parsing file: .{0,80}EncryptionConfig", "any", "states", source="kube-apiserver"),
        Signature(r"invalid authentication config", "any", "states", source="kube-apiserver"),
        Signature(r"open /etc/kubernetes/\S+: no such file or directory", "apiserver", "shows", source="os package: a file of a flag is absent or not mounted"),
        Signature(r"invalid argument \\*\"[^\"]*\" for \\*\"--", "apiserver", "states", source="spf13/pflag", signed=True),
    ),
    leads_to=(
        Link("control-plane-crash-loop", "cluster", Text("the container exits at its start", "コンテナが起動直後に終了する"), strength=0.9),
        Link("apiserver-unavailable", "cluster", Text("no API server on that node", "そのノードの API サーバーが動かない"), strength=0.8),
    ),
    refutes=(
        Refutation(Text("it is the kubelet that does not know the flag", "フラグを知らないのは kubelet である"), pattern=r"parse kubelet flag", component="kubelet", weight=0.95),
    ),
    asks=(Ask("crictl ps -a --name kube-apiserver; crictl logs <id>; ls -lt /etc/kubernetes/manifests", Text("the last line of the log names flag or file", "ログの最終行にフラグやファイル名がある"), ("static-pod-manifest-invalid", "kubelet-removed-flag", "control-plane-cert-expired", "apiserver-etcd-unreachable", "app-config-error"), "apiserver-log"),),
    remedies=(
        Remedy("temporary", Text("take the change back in the manifest; the kubelet restarts the pod", "マニフェストの変更を戻す。kubelet が Pod を再起動する"), Text("the API of that node is away for some seconds", "そのノードの API が数秒停止する"), "vi /etc/kubernetes/manifests/kube-apiserver.yaml", "curl -sk https://127.0.0.1:6443/livez", "disruptive"),
        Remedy("permanent", Text("change flags through kubeadm configuration, one control-plane node at a time", "フラグ変更は kubeadm 設定経由で、コントロールプレーン 1 台ずつ行う"), Text("none", "なし"), verify="kubectl -n kube-system get pods -l tier=control-plane", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "error while parsing file: resources[0].providers[0].aescbc.keys: EncryptionConfiguration is invalid"),
        hit("pod-log", "error: invalid authentication config: jwt[0].issuer.url: Required value"),
        hit("kube-apiserver", "Error: unknown flag: --enable-swagger-api"),
        hit("pod-log", "Error: unknown flag: --insecure-port"),
        hit("pod-log", 'error: enable-admission-plugins plugin "PodSecurityPolicy" is unknown'),
        hit("pod-log", "error: [service-account-issuer is a required flag, --service-account-signing-key-file is a required flag]"),
        hit("pod-log", 'error: loading audit policy file: failed to read file path "/etc/kubernetes/audit.yaml": open /etc/kubernetes/audit.yaml: no such file or directory'),
        hit("kube-apiserver", "Error: open /etc/kubernetes/pki/front-proxy-ca.crt: no such file or directory"),
        hit("kube-apiserver", 'Error: invalid argument "yes" for "--profiling" flag: strconv.ParseBool'),
        near_miss("", "Error: unknown flag: --bucket"),
        near_miss("", 'Error: invalid argument "x" for "--bucket" flag: an id has 16 digits'),
        near_miss("kubelet", "failed to parse kubelet flag: unknown flag: --network-plugin"),
        near_miss("kube-apiserver", "Flag --apiserver-count has been deprecated"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/",),
)
