"""A feature gate is set that this kubelet does not know or has locked."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-invalid-feature-gate",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("unknown or locked feature gate in the kubelet's configuration", "kubelet に未知またはロック済みの feature gate が設定されている"),
    summary=Text(
        "Feature gates vanish some releases after they became GA. A configuration that still sets a removed gate, or sets a locked one to the other value, stops the kubelet after an upgrade.",
        "feature gate は GA の数リリース後に削除される。削除済みの gate や、固定された gate に逆の値を設定したままだと、アップグレード後に kubelet が起動しない。",
    ),
    signatures=(
        Signature(r"unrecognized feature gate: ", "kubelet", "states", source="k8s.io/component-base/featuregate"),
        Signature(r"cannot set feature gate \w+ to \w+, feature is locked to", "kubelet", "states", source="k8s.io/component-base/featuregate"),
    ),
    leads_to=(Link("kubelet-crash-loop", "node", Text("the gates cannot be set, the process exits", "gate を設定できずプロセスが終了する"), strength=0.95),),
    asks=(Ask("grep -A10 -i featureGates /var/lib/kubelet/config.yaml; systemctl cat kubelet | grep -i feature; kubelet --version", Text("the gate of the message is set there", "メッセージの gate がここで設定されている"), ("kubelet-removed-flag", "kubelet-config-invalid"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("remove the gate and restart the kubelet", "gate を削除して kubelet を再起動する"), Text("restarts the kubelet only", "再起動するのは kubelet のみ"), "vi /var/lib/kubelet/config.yaml && systemctl restart kubelet", "systemctl is-active kubelet"),
        Remedy("permanent", Text("review gates against the removal list before each upgrade", "アップグレードのたびに削除された gate の一覧と突き合わせる"), Text("none", "なし"), verify="kubectl get --raw /api/v1/nodes/{node}/proxy/configz", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"command failed" err="failed to set feature gates from initial flags-based config: unrecognized feature gate: CSIMigration"'),
        hit("kubelet", "cannot set feature gate ControllerManagerLeaderMigration to false, feature is locked to true"),
        near_miss("kubelet", "feature gates: &{map[RotateKubeletServerCertificate:true]}"),
        near_miss("kubelet", "Setting GA feature gate ServerSideApply=true. It will be removed in a future release."),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates-removed/",),
)
