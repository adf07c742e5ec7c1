"""The kubelet is started with a command-line flag that its version no longer has."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-removed-flag",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubelet started with a removed command-line flag", "削除済みのコマンドラインフラグで kubelet が起動されている"),
    summary=Text(
        "After an upgrade the unit or kubeadm-flags.env still passes a flag that this kubelet does not know (--network-plugin, --cni-bin-dir and the other dockershim flags went in v1.24, --container-runtime in v1.27). The kubelet ends before it does anything else.",
        "アップグレード後も、ユニットファイルや kubeadm-flags.env がこの版の kubelet にないフラグを渡している(dockershim 系の --network-plugin や --cni-bin-dir は v1.24、--container-runtime は v1.27 で削除)。kubelet は何もせずに終了する。",
    ),
    signatures=(
        Signature(r"failed to parse kubelet flag: unknown (?:shorthand )?flag", "kubelet", "states", source="cmd/kubelet/app/server.go"),
        Signature(r"unknown flag: --(?:network-plugin|container-runtime|cni-(?:bin|conf|cache)-dir|pod-infra-container-image|allow-privileged|docker-endpoint|image-pull-progress-deadline|experimental-|non-masquerade-cidr|seccomp-profile-root|cadvisor-port|require-kubeconfig|api-servers|keep-terminated-pod-volumes|cloud-provider|cloud-config|redirect-container-streaming|dynamic-config-dir)", "kubelet", "states", source="kubelet's usage error, older releases"),
        Signature(r"unknown flag: --[a-z]", "kubelet", "shows", source="spf13/pflag", signed=True),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("flag parsing fails, the process exits with status 1 and is restarted", "フラグの解析に失敗し、プロセスは終了コード 1 で落ちて再起動を繰り返す"), strength=0.95),
    ),
    asks=(
        Ask("systemctl cat kubelet; cat /var/lib/kubelet/kubeadm-flags.env /etc/default/kubelet /etc/sysconfig/kubelet; kubelet --version", Text("the flag of the message stands in one of these files", "メッセージのフラグがこれらのファイルのどれかに書かれている"), ("kubelet-config-invalid", "kubelet-invalid-feature-gate", "kubelet-not-bootstrapped"), "kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("take the flag out of kubeadm-flags.env (or the unit's drop-in) and restart the kubelet", "kubeadm-flags.env(またはユニットの drop-in)からフラグを消し、kubelet を再起動する"), Text("restarts the kubelet only; running containers stay", "再起動するのは kubelet のみ。稼働中のコンテナには影響しない"), "vi /var/lib/kubelet/kubeadm-flags.env && systemctl daemon-reload && systemctl restart kubelet", "systemctl is-active kubelet && kubectl get node {node}"),
        Remedy("permanent", Text("move settings from flags to the KubeletConfiguration file and upgrade with a tool that migrates them; read the release's removal notes first", "フラグではなく KubeletConfiguration に設定を移し、移行まで行うツールでアップグレードする。事前にリリースノートの削除項目を確認する"), Text("none", "なし"), verify="journalctl -u kubelet -b | grep -c 'unknown flag'", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"command failed" err="failed to parse kubelet flag: unknown flag: --container-runtime"'),
        hit("kubelet", "Error: failed to parse kubelet flag: unknown flag: --network-plugin"),
        hit("kubelet", "unknown flag: --allow-privileged"),
        hit("k3s", "unknown flag: --cloud-provider"),
        near_miss("kubelet", "Flag --pod-infra-container-image has been deprecated, will be removed in a future release. Image garbage collector will get sandbox image information from CRI."),
        near_miss("kubelet", 'failed to set feature gates from initial flags-based config: unrecognized feature gate: DynamicKubeletConfig'),
        near_miss("", "Error: unknown flag: --bucket"),
        near_miss("kube-apiserver", "Error: unknown flag: --insecure-port"),
    ),
    versions="dockershim flags: v1.24; --container-runtime: v1.27; --pod-infra-container-image: v1.35; others with each release",
    references=(
        "https://kubernetes.io/blog/2022/04/07/upcoming-changes-in-kubernetes-1-24/",
        "https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.27.md",
        "https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/",
    ),
)
