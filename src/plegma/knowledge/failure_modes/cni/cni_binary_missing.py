"""A CNI plugin that the configuration names is not in the plugin directory."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-binary-missing",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("a CNI plugin binary is missing", "CNI プラグインの実行ファイルがない"),
    summary=Text(
        "The CNI configuration names a plugin (loopback, bridge, portmap, flannel, macvlan...) whose binary is not in the directory that the runtime searches. "
        "Every ADD fails, or, when only an extra network names it, every pod that asks for that network.",
        "CNI 設定が指すプラグイン(loopback、bridge、portmap、flannel、macvlan など)の実行ファイルが、ランタイムの探すディレクトリにない。"
        "すべての ADD(追加ネットワークだけが指す場合は、それを要求する Pod の ADD)が失敗する。",
    ),
    signatures=(
        Signature(r'failed to find plugin \\*"', component="cni", proof="states", source="containernetworking/cni pkg/invoke/find.go"),
        Signature(r"/cni/bin/[A-Za-z0-9_.-]+: no such file or directory", component="cni", source="os/exec; the path of the plugin itself"),
        Signature(r"cannot access '?/opt/cni/bin[^ ]*: No such file", component="shell"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD stops because the plugin cannot be found", "プラグインが見つからず ADD が失敗する"), strength=0.95),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.7),
        Link("sandbox-kill-failing", "node", Text("DEL needs the same binary", "DEL も同じ実行ファイルを必要とする"), strength=0.5),
        Link("cni-config-missing", "node", Text("a runtime that validates the configuration does not take it, and has none", "検査に通らない設定は採用されず、設定がない状態になる"), within=600, strength=0.5),
        Link("network-not-ready", "node", Text("some versions refuse a configuration whose plugins are absent", "プラグインのない設定を受け付けない版がある"), strength=0.3),
    ),
    asks=(
        Ask("ls -l /opt/cni/bin; crictl info | grep -i -A3 binDir; grep -h '\"type\"' /etc/cni/net.d/*",
            Text("a type named in the configuration has no file in the directory that the runtime uses",
                 "設定にある type に対応するファイルが、ランタイムの使うディレクトリにない"),
            ("cni-config-missing", "cni-plugin-not-executable", "multus-nad-config-error"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Copy the standard plugins (containernetworking/plugins release, same CPU architecture) into the plugin directory.",
                                 "標準プラグイン(containernetworking/plugins の同じ CPU アーキテクチャのリリース)をプラグイン用ディレクトリに置く。"),
               Text("none for running pods", "稼働中の Pod には影響しない"), command="tar -C /opt/cni/bin -xzf cni-plugins-linux-amd64.tgz",
               verify="ls -l /opt/cni/bin", risk_level="none"),
        Remedy("permanent", Text("Put the plugins into the node image or let the CNI's DaemonSet install all that it names; make bin_dir of the runtime the same directory.",
                                 "ノードイメージにプラグインを含めるか、CNI の DaemonSet に必要なものをすべて導入させる。ランタイムの bin_dir も同じディレクトリにする。"),
               Text("a changed bin_dir needs a restart of the runtime", "bin_dir の変更にはランタイムの再起動が必要"),
               verify="crictl info | grep -i binDir"),
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "9c1d": plugin type="loopback" failed (add): failed to find plugin "loopback" in path [/opt/cni/bin]', reason="FailedCreatePodSandBox"),
        hit("kubelet", r'"RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to create pod network sandbox k8s_a_b: plugin type=\"macvlan\" failed (add): failed to find plugin \"macvlan\" in path [/usr/libexec/cni]"'),
        hit("kubelet", 'Error validating CNI config list /etc/cni/net.d/10-flannel.conflist: [failed to find plugin "portmap" in path [/opt/cni/bin]]'),
        hit("containerd", "netplugin failed with no error message: fork/exec /opt/cni/bin/calico: no such file or directory"),
        hit("shell", "ls: cannot access '/opt/cni/bin/': No such file or directory"),
        near_miss("kubelet", "Container runtime network not ready: cni config uninitialized"),
        near_miss("kubelet", 'OCI runtime create failed: exec: "runc": executable file not found in $PATH'),
        near_miss("containerd", "netplugin failed with no error message: fork/exec /opt/cni/bin/calico: exec format error"),
        near_miss("k8s-event", 'cannot find a network-attachment-definition (storage-net) in namespace (shop)', reason="FailedCreatePodSandBox"),
    ),
    versions="all",
    references=("https://github.com/containernetworking/plugins/releases", "https://github.com/rancher/rke2/issues/7981"),
)
