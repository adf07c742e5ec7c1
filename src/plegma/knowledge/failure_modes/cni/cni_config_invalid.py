"""The CNI configuration file does not parse."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-config-invalid",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the CNI configuration file is invalid", "CNI の設定ファイルが不正"),
    summary=Text(
        "A file in the CNI directory is not valid JSON or lacks what libcni asks for (name, type, plugins): hand edit, unrendered template, file cut by a full disk or a power loss. If it is the only or the first file, the node has no network configuration.",
        "CNI ディレクトリのファイルが JSON として不正、または libcni の必須項目(name、type、plugins)がない。手編集、未展開のテンプレート、ディスクフルや電源断による途中切れが多い。唯一または先頭のファイルなら、ノードにネットワーク設定がないのと同じになる。",
    ),
    signatures=(
        Signature(r"CNI config(?: list)?(?: file)? .{1,160}error parsing configuration", component="cni", proof="states", source="libcni conf.go, quoted by go-cni, ocicni, kubelet"),
        Signature(r"[Ee]rror loading CNI config(?: list)? file", component="cni", proof="states", source="kubelet dockershim and ocicni"),
        Signature(r"failed to load CNI config(?: list)? file", component="cni", proof="states", source="containerd go-cni"),
        Signature(r"CNI config list .{1,120} has no networks, skipping", component="cni", proof="states", source="kubelet dockershim and ocicni"),
        Signature(r"CNI config .{1,120}no 'type'", component="cni", proof="states", source="kubelet dockershim"),
        Signature(r"invalid cni config", component="cni", source="containerd go-cni ErrInvalidConfig"),
    ),
    leads_to=(
        Link("cni-config-missing", "node", Text("no usable configuration is left", "使える設定が残らない"), strength=0.7),
        Link("network-not-ready", "node", Text("the runtime loads no network", "ランタイムがネットワークを読み込めない"), strength=0.9),
        Link("sandbox-creation-failing", "node", Text("the runtime has no network to attach the sandbox to", "PodSandbox を接続するネットワークがない"), strength=0.8),
        Link("cni-config-conflict", "node", Text("the runtime takes the next file in the directory", "ランタイムがディレクトリ内の次のファイルを使う"), strength=0.2),
    ),
    asks=(
        Ask("for f in /etc/cni/net.d/*.conf*; do echo $f; python3 -m json.tool $f >/dev/null; done; ls -l /etc/cni/net.d; df -h /etc",
            Text("a file that does not parse, is empty, or still holds placeholders", "解釈できない、空、またはプレースホルダーが残ったファイル"),
            ("cni-config-missing", "multus-nad-config-error", "cni-version-incompatible"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Restore the file: let the CNI's pod write it again, or copy it from a healthy node.", "ファイルを復旧する。CNI の Pod に書き直させる、または正常なノードから複製する。"),
               Text("none for running pods", "稼働中の Pod には影響しない"), verify="crictl info | grep -A3 lastCNILoadStatus", risk_level="none"),
        Remedy("permanent", Text("Leave the file to the CNI's installer (temporary file and rename), check JSON in configuration management, no other files in the directory.",
                                 "ファイルは CNI のインストーラーに任せ(一時ファイルと rename)、構成管理で JSON を検査し、他のファイルを置かない。"), Text("none", "なし"),
               verify="ls /etc/cni/net.d", risk_level="none"),
    ),
    examples=(
        hit("containerd", "failed to load cni during init cni config load failed: failed to load CNI config list file /etc/cni/net.d/10-podnet.conflist: error parsing configuration list: invalid character '}' looking for beginning of object key string: invalid cni config: failed to load cni config"),
        hit("kubelet", "Error loading CNI config file /etc/cni/net.d/10-podnet.conf: error parsing configuration: missing 'type'"),
        hit("crio", "Error loading CNI config list file /etc/cni/net.d/10-podnet.conflist: error parsing configuration list: unexpected end of JSON input"),
        hit("kubelet", "CNI config list /etc/cni/net.d/10-podnet.conflist has no networks, skipping"),
        hit("kubelet", "Error loading CNI config file /etc/cni/net.d/10-podnet.conf: no 'type'; perhaps this is a .conflist?"),
        hit("kubelet", "Ignoring CNI config /etc/cni/net.d/10-podnet.conf: no 'type'"),
        near_miss("containerd", "cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config"),
        near_miss("k8s-event", "Multus: [shop/web-0]: LoadDelegateNetConf: error parsing configuration list: invalid character", reason="FailedCreatePodSandBox"),
        near_miss("kubelet", "failed to load Kubelet config file /var/lib/kubelet/config.yaml"),
    ),
    versions="all",
    references=("https://www.cni.dev/docs/spec/#section-1-network-configuration-format", "https://github.com/containernetworking/cni/blob/main/libcni/conf.go"),
)
