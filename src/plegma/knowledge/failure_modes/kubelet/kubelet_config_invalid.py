"""The kubelet's configuration file is there but is refused."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-config-invalid",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("invalid KubeletConfiguration (parse error, unknown field, bad value)", "KubeletConfiguration が不正(構文エラー、未知のフィールド、不正な値)"),
    summary=Text(
        "The file was found and read, but it does not parse, has a field this version does not know (strict decoding), another apiVersion, or values that fail validation. The kubelet ends at every start.",
        "設定ファイルは読めたが、構文エラー、この版にないフィールド(strict decoding)、apiVersion の誤り、または検証に通らない値がある。kubelet は起動のたびに終了する。",
    ),
    signatures=(
        Signature(r"failed to load [Kk]ubelet config file.*(?:failed to decode|strict decoding error|no kind |error converting YAML)", "kubelet", "states", source="cmd/kubelet/app/server.go"),
        Signature(r"no kind \\*\"KubeletConfiguration\\*\" is registered", "kubelet", "states", source="apimachinery scheme"),
        Signature(r"failed to validate kubelet configuration", "kubelet", "states", source="cmd/kubelet/app/server.go"),
        Signature(r"[Ii]nvalid configuration: [A-Za-z].*(?:must be|must not be|is not|cannot)", "kubelet", "shows", source="pkg/kubelet/apis/config/validation"),
        Signature(r"strict decoding error: unknown field", "kubelet", "shows", source="apimachinery strict decoder"),
    ),
    leads_to=(Link("kubelet-crash-loop", "node", Text("the configuration is refused, the process exits", "設定が拒否されプロセスが終了する"), strength=0.95),),
    asks=(Ask("journalctl -u kubelet -n 20 --no-pager | grep -i config; cat /var/lib/kubelet/config.yaml", Text("the field or line that the message names", "メッセージが示すフィールドや行"), ("kubelet-not-bootstrapped", "kubelet-removed-flag", "kubelet-invalid-feature-gate"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("correct or remove the named field and restart the kubelet", "示されたフィールドを修正または削除し、kubelet を再起動する"), Text("restarts the kubelet only", "再起動するのは kubelet のみ"), "vi /var/lib/kubelet/config.yaml && systemctl restart kubelet", "systemctl is-active kubelet"),
        Remedy("permanent", Text("generate the file from one template per Kubernetes version and test it on one node before the rest", "Kubernetes の版ごとのテンプレートから生成し、まず 1 台で検証してから展開する"), Text("none", "なし"), verify="kubectl get nodes", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to decode, error: strict decoding error: unknown field "cgroupDrivr"'),
        hit("kubelet", 'failed to decode, error: no kind "KubeletConfiguration" is registered for version "kubelet.config.k8s.io/v1" in scheme "pkg/kubelet/apis/config/scheme/scheme.go:33"'),
        hit("kubelet", '"command failed" err="failed to validate kubelet configuration, error: invalid configuration: maxPods (--max-pods) -1 must not be a negative number"'),
        hit("kubelet", '"Using lenient decoding as strict decoding failed" err="strict decoding error: unknown field \\"containerRuntime\\""'),
        hit("kubelet", "invalid configuration: HairpinMode must be one of promiscuous-bridge, hairpin-veth or none"),
        near_miss("kubelet", "failed to load Kubelet config file /var/lib/kubelet/config.yaml, error: open /var/lib/kubelet/config.yaml: no such file or directory"),
        near_miss("kubelet", "failed to parse kubelet flag: unknown flag: --network-plugin"),
    ),
    versions="strict decoding since v1.18",
    references=("https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",),
)
