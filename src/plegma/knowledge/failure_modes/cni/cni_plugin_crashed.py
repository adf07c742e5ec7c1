"""A CNI plugin process crashes or ends without a usable answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-plugin-crashed",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the CNI plugin crashes", "CNI プラグインがクラッシュする"),
    summary=Text(
        "The plugin's process ends by a signal, a Go panic or an exit status without the JSON answer that the specification asks for. The runtime can only quote what it found on stdout or stderr. A bug, a binary that does not fit the kernel or libc, or a configuration that it does not expect.",
        "プラグインのプロセスが、シグナル、Go の panic、または仕様の求める JSON なしの終了コードで終わる。ランタイムは stdout / stderr の内容を引用することしかできない。バグ、カーネルや libc と合わない実行ファイル、想定外の設定が考えられる。",
    ),
    signatures=(
        Signature(r"netplugin failed: \\*\"(?:panic|fatal error|runtime: |SIGSEGV|unexpected fault)", component="cni", proof="states", source="containernetworking/cni pkg/invoke/raw_exec.go"),
        Signature(r"netplugin failed with no error message: signal: (?:segmentation fault|aborted|bus error|illegal instruction|trace)", component="cni", proof="states", source="raw_exec.go"),
        Signature(r"netplugin failed with no error message: exit status", component="cni", source="raw_exec.go"),
        Signature(r"netplugin failed with no error message(?:[^:]|$)", component="cni", proof="suggests", source="raw_exec.go of older versions: any end without output, also by a signal"),
        Signature(r"netplugin failed but error parsing its diagnostic message", component="cni", source="raw_exec.go"),
        Signature(r"network: unexpected end of JSON input", component="cni", proof="suggests", source="libcni: the plugin wrote no result"),
        Signature(r"\d\"?: unexpected end of JSON input", component="cni", proof="suggests", source="libcni: the plugin wrote no result"),
        Signature(r"(?:bridge|host-local|calico|calico-ipam|flannel|portmap|loopback|aws-cni|cilium-cni|multus|macvlan|ipvlan|azure-vnet)\[\d+\]: segfault at", component="kernel", proof="states", source="kernel mm/fault.c"),
        Signature(r"traps: (?:bridge|host-local|calico|calico-ipam|flannel|portmap|loopback|aws-cni|cilium-cni|multus)\[\d+\] (?:trap|general protection)", component="kernel", proof="states", source="kernel traps.c"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD ends without an answer", "ADD が応答なしで終わる"), strength=0.9),
        Link("sandbox-kill-failing", "node", Text("DEL ends without an answer", "DEL が応答なしで終わる"), strength=0.5),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.4),
    ),
    asks=(
        Ask("journalctl -u containerd -u crio -u kubelet --since -1h | grep -A20 -iE 'netplugin failed|panic'; dmesg -T | grep -iE 'segfault|traps'",
            Text("a panic text, a signal, or a kernel line that names the plugin", "panic の内容、シグナル、またはプラグイン名を含むカーネルの行"),
            ("cni-plugin-not-executable", "cilium-agent-down", "cni-plugin-hang-or-lock", "cni-config-invalid", "multus-nad-config-error"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Put back the plugin version that worked, or re-install the binary (a damaged file crashes too).",
                                 "動いていた版のプラグインへ戻す、または実行ファイルを入れ直す(破損でもクラッシュする)。"),
               Text("new pods only", "新しい Pod のみに影響"), verify="journalctl -u kubelet --since -5min | grep -c 'netplugin failed'", risk_level="none"),
        Remedy("permanent", Text("Upgrade past the bug, report the panic upstream, roll plugin upgrades out node by node.", "バグ修正版へ更新し、panic を上流へ報告する。プラグイン更新はノード単位で段階的に行う。"),
               Text("rolling update", "ローリング更新"), verify="kubectl get pods -A -o wide --field-selector spec.nodeName={node}"),
    ),
    examples=(
        hit("containerd", 'failed to setup network for sandbox "9e": plugin type="bridge" failed (add): netplugin failed: "panic: runtime error: invalid memory address or nil pointer dereference"'),
        hit("kubelet", "networkPlugin cni failed to set up pod: netplugin failed with no error message: signal: segmentation fault"),
        hit("crio", "error adding pod shop_web-0 to CNI network: netplugin failed with no error message: exit status 2"),
        hit("kubelet", 'netplugin failed but error parsing its diagnostic message "{ \\"code\\": 100": unexpected end of JSON input'),
        hit("k8s-event", 'networkPlugin cni failed to set up pod "web-0_shop" network: unexpected end of JSON input', reason="FailedCreatePodSandBox"),
        hit("containerd", 'failed to setup network for sandbox "9e0011": unexpected end of JSON input'),
        hit("kernel", "calico[22713]: segfault at 0 ip 00000000004011aa sp 00007ffd error 4 in calico[400000+1c2f000]"),
        hit("kernel", "traps: flannel[4711] general protection fault ip:46b2c0 sp:c000 error:0 in flannel"),
        hit("kubelet", 'failed to set up pod "web-0_shop" network: netplugin failed with no error message, failed to clean up sandbox container "9e0011" network for pod "web-0"'),
        near_miss("containerd", "netplugin failed with no error message: signal: killed"),
        near_miss("containerd", "netplugin failed with no error message: fork/exec /opt/cni/bin/bridge: exec format error"),
        near_miss("kernel", "nginx[4711]: segfault at 0 ip 00000000004011aa sp 00007ffd error 4 in nginx"),
        near_miss("containerd", "cni config load failed: failed to load CNI config list file /etc/cni/net.d/10-a.conflist: error parsing configuration list: unexpected end of JSON input"),
    ),
    versions="all",
    references=("https://www.cni.dev/docs/spec/#section-5-result-types", "https://github.com/containernetworking/cni/blob/main/pkg/invoke/raw_exec.go"),
)
