"""A CDI device that was promised to the container is not in the node's CDI specifications."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cdi-device-unresolvable",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the runtime cannot resolve a CDI device", "ランタイムが CDI デバイスを解決できない"),
    summary=Text("A device plugin or DRA driver asks for a device by its CDI name (vendor.com/class=name), but no file in /etc/cdi or /var/run/cdi defines it: the specification was not generated, is stale after a driver update, is of a newer schema, or CDI is off in the runtime.",
                 "デバイスプラグインや DRA ドライバーが CDI 名(vendor.com/class=name)でデバイスを要求したが、/etc/cdi・/var/run/cdi に定義がない。仕様ファイルの未生成、ドライバー更新後の陳腐化、新しいスキーマ、またはランタイムの CDI 無効化である。"),
    signatures=(
        Signature(r"unresolvable CDI devices? ", component="runtime", proof="states", source="container-device-interface pkg/cdi/cache.go"),
        Signature(r"(?:failed to inject|CDI device injection failed|error injecting) CDI devices?", component="runtime", source="containerd, nvidia-container-toolkit"),
        Signature(r"CDI device injection failed", component="runtime", source="containerd, nvidia-container-toolkit"),
        Signature(r"CDI (?:registry|cache) (?:has|have) errors", component="runtime", proof="suggests", source="container-device-interface"),
        Signature(r"failed to (?:load|read|parse) CDI [Ss]pec", component="runtime", proof="suggests", source="container-device-interface"),
        Signature(r"could not select device driver \\*\"cdi\\*\"", component="runtime", proof="states", source="moby daemon/devices"),
    ),
    leads_to=(
        Link("container-cannot-run", "node", Text("the create is refused", "作成が拒否される"), strength=0.95),
        Link("crash-loop-back-off", "node", Text("each start is refused", "起動のたびに拒否される"), strength=0.5),
    ),
    asks=(Ask("ls -l /etc/cdi /var/run/cdi; nvidia-ctk cdi list; crictl info | grep -iA3 cdi  # on {node}", Text("the named device is not listed, or enable_cdi is false", "該当デバイスが一覧になく、または enable_cdi が false である"), ("nvidia-hook-failed", "device-plugin-unhealthy", "gpu-device-lost"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("generate the specification anew", "仕様ファイルを再生成する"), Text("none", "なし"), "nvidia-ctk cdi generate --output=/var/run/cdi/nvidia.yaml  # on {node}", "nvidia-ctk cdi list", "none"),
        Remedy("permanent", Text("let the operator or a boot unit generate it after each driver change, CDI on (containerd 1.7: enable_cdi = true), toolkit and runtime in step", "ドライバー変更のたびに operator や起動時 unit で生成し、CDI を有効化し(containerd 1.7 は enable_cdi = true)、toolkit とランタイムの版を揃える"), Text("containerd is restarted once", "containerd を一度再起動する"), verify="crictl info | grep -iA3 cdi", risk_level="restart"),
    ),
    examples=(
        hit("k8s-event", "Error: failed to generate container spec: failed to apply OCI options: CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=all", reason="Failed"),
        hit("containerd", "failed to inject CDI devices: unresolvable CDI devices vendor.example/nic=3"),
        hit("containerd", "CDI registry has errors: failed to parse CDI Spec /etc/cdi/x.yaml: invalid version 0.9.0"),
        hit("shell", 'could not select device driver "cdi" with capabilities: [[]]'),
        near_miss("k8s-event", "Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu", reason="UnexpectedAdmissionError"),
        near_miss("shell", 'could not select device driver "nvidia" with capabilities: [[gpu]]'),
    ),
    references=("https://github.com/cncf-tags/container-device-interface", "https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/"),
)
