"""The CNI plugin file is there but cannot be executed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-plugin-not-executable",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the CNI plugin binary cannot be executed", "CNI プラグインの実行ファイルを実行できない"),
    summary=Text(
        "The file exists but the kernel refuses to run it: built for another CPU architecture or truncated (exec format error), no execute bit, noexec mount or SELinux label (permission denied).",
        "ファイルは存在するがカーネルが実行を拒否する。別の CPU アーキテクチャ用または途中で切れている(exec format error)、実行ビットがない、noexec マウント、SELinux ラベル(permission denied)。",
    ),
    signatures=(
        Signature(r"netplugin failed with no error message: fork/exec [^ ]+: exec format error", component="cni", proof="states", source="containernetworking/cni raw_exec.go with os/exec"),
        Signature(r"netplugin failed with no error message: fork/exec [^ ]+: permission denied", component="cni", proof="states", source="containernetworking/cni raw_exec.go with os/exec"),
        Signature(r"fork/exec [^ ]*/cni/[^ ]*: exec format error", component="cni", proof="states", source="os/exec"),
        Signature(r"fork/exec [^ ]*/cni/[^ ]*: permission denied", component="cni", proof="states", source="os/exec"),
        Signature(r"/opt/cni/bin/[A-Za-z0-9_.-]+: (?:cannot execute binary file|Permission denied)", component="shell", proof="states", source="bash"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the plugin cannot be started for ADD", "ADD のためにプラグインを起動できない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("the plugin cannot be started for DEL", "DEL のためにプラグインを起動できない"), strength=0.6),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.4),
    ),
    asks=(
        Ask("ls -lZ /opt/cni/bin; file /opt/cni/bin/*; uname -m; findmnt -T /opt/cni/bin -o TARGET,OPTIONS",
            Text("another architecture than uname -m, size 0, no x bit, noexec, or an odd label", "uname -m と異なるアーキテクチャ、サイズ 0、x ビットなし、noexec、誤ったラベル"),
            ("cni-binary-missing", "image-arch-mismatch", "selinux-denial", "cni-plugin-crashed"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Re-install the plugins for the node's architecture with mode 0755 (restorecon with SELinux).", "ノードのアーキテクチャに合うプラグインを 0755 で入れ直す(SELinux なら restorecon)。"),
               Text("none for running pods", "稼働中の Pod には影響しない"), command="chmod 0755 /opt/cni/bin/* && restorecon -R /opt/cni/bin", verify="CNI_COMMAND=VERSION /opt/cni/bin/loopback </dev/null", risk_level="none"),
        Remedy("permanent", Text("Multi-arch images for the CNI's installer; node image with exec on that path; the installer should write to a temporary file and rename.",
                                 "CNI インストーラーにマルチアーキテクチャのイメージを使い、そのパスを exec 可能にする。インストーラーは一時ファイルに書いてから rename するのがよい。"),
               Text("none", "なし"), verify="file /opt/cni/bin/*", risk_level="none"),
    ),
    examples=(
        hit("containerd", 'failed to setup network for sandbox "9e": plugin type="bridge" failed (add): netplugin failed with no error message: fork/exec /opt/cni/bin/bridge: exec format error'),
        hit("k8s-event", "networkPlugin cni failed to set up pod: netplugin failed with no error message: fork/exec /opt/cni/bin/calico: permission denied", reason="FailedCreatePodSandBox"),
        hit("kubelet", "fork/exec /usr/libexec/cni/flannel: exec format error"),
        hit("crio", "error adding pod shop_web-0 to CNI network: fork/exec /var/lib/cni/bin/multus: permission denied"),
        hit("shell", "-bash: /opt/cni/bin/bridge: cannot execute binary file: Exec format error"),
        near_miss("pod-log", "exec /app/server: exec format error"),
        near_miss("kubelet", "OCI runtime create failed: exec: \"/app/run.sh\": permission denied"),
        near_miss("containerd", 'failed to find plugin "bridge" in path [/opt/cni/bin]'),
    ),
    versions="all",
    references=("https://www.cni.dev/docs/spec/", "https://github.com/containernetworking/plugins/releases"),
)
