"""kubelet, kubeadm or crictl look at a socket that is not the runtime's."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cri-endpoint-wrong",
    layer="cri",
    role="cause",
    subject="Node",
    title=Text("the CRI endpoint names a socket that is not the runtime's", "CRI エンドポイントに指定されたソケットが実際のランタイムのものではない"),
    summary=Text(
        "The configured endpoint is an old default (dockershim.sock, gone since 1.24), the socket of a runtime that is not used, docker's private containerd, or several runtimes are installed and kubeadm does not choose. The runtime itself may be fine.",
        "設定されたエンドポイントが旧既定値(1.24 で廃止された dockershim.sock)、使っていないランタイムのソケット、Docker 内蔵の containerd を指している、または複数のランタイムがあり kubeadm が選べない。ランタイム自体は正常なことがある。",
    ),
    signatures=(
        Signature(r"dockershim\.sock: connect: (?:no such file or directory|connection refused)", component="runtime", proof="states", source="net.Dial; dockershim removed in v1.24"),
        Signature(r"[Ff]ound multiple CRI endpoints on the host", component="shell", proof="states", source="cmd/kubeadm/app/util/runtime"),
        Signature(r"connect endpoint '?unix:///(?:var/)?run/dockershim\.sock", component="shell", source="cri-tools crictl"),
        Signature(r"docker/containerd/(?:docker-)?containerd\.sock\\*\": rpc error: code = Unimplemented", component="kubelet", source="grpc error of the CRI client"),
        Signature(r"the container runtime endpoint address was not specified or empty", component="kubelet", proof="states", source="cmd/kubelet/app/server.go"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the kubelet cannot validate its endpoint and exits", "kubelet がエンドポイントを検証できず終了する"), strength=0.8),
        Link("node-status-unknown", "node", Text("no kubelet, no status", "kubelet がないため状態が送られない"), strength=0.5),
        Link("container-runtime-down", "node", Text("a running kubelet counts the runtime as down", "稼働中の kubelet はランタイムを停止とみなす"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the named runtime exists and failed or was stopped", "指定されたランタイムは存在し、停止または失敗している"), pattern=r"(?:containerd|crio|docker)\.service: (?:Main process exited|Failed with result)", component="systemd", weight=0.5),
    ),
    asks=(
        Ask("ls -l /run/containerd/containerd.sock /var/run/crio/crio.sock /run/cri-dockerd.sock /run/k3s/containerd/containerd.sock 2>/dev/null; ps -o args -C kubelet | tr ' ' '\\n' | grep -E 'endpoint'; grep -n containerRuntimeEndpoint /var/lib/kubelet/config.yaml; cat /etc/crictl.yaml  # on {node}",
            Text("the configured path is not among the sockets that exist", "設定されたパスが、存在するソケットの中にない"),
            ("containerd-stopped", "crio-stopped", "dockerd-stopped", "cri-dockerd-stopped", "cri-plugin-disabled-or-too-old"), "kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("name the right socket: --cri-socket for kubeadm, runtime-endpoint in /etc/crictl.yaml", "正しいソケットを指定する(kubeadm は --cri-socket、crictl は /etc/crictl.yaml の runtime-endpoint)"),
               Text("none", "なし"), "crictl config --set runtime-endpoint=unix:///run/containerd/containerd.sock  # on {node}", "crictl version", "none"),
        Remedy("permanent", Text("set containerRuntimeEndpoint in the kubelet's configuration (before 1.27: --container-runtime-endpoint in kubeadm-flags.env) and the node's kubeadm.alpha.kubernetes.io/cri-socket annotation; remove runtimes that are not used",
                                 "kubelet 設定の containerRuntimeEndpoint(1.27 より前は kubeadm-flags.env の --container-runtime-endpoint)とノードの kubeadm.alpha.kubernetes.io/cri-socket アノテーションを直し、使わないランタイムを削除する"),
               Text("the kubelet is restarted", "kubelet を再起動する"), "systemctl restart kubelet  # on {node}", "kubectl get node {node} -o wide", "restart"),
    ),
    examples=(
        hit("kubelet", '"command failed" err="failed to run Kubelet: unable to determine runtime API version: rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing dial unix /var/run/dockershim.sock: connect: no such file or directory\\""'),
        hit("shell", "Found multiple CRI endpoints on the host. Please define which one do you wish to use by setting the 'criSocket' field in the kubeadm configuration file: unix:///var/run/containerd/containerd.sock, unix:///var/run/cri-dockerd.sock"),
        hit("shell", "FATA[0002] connect: connect endpoint 'unix:///var/run/dockershim.sock', make sure you are running as root and the endpoint has been started: context deadline exceeded"),
        near_miss("shell", 'WARN[0000] runtime connect using default endpoints: [unix:///var/run/dockershim.sock unix:///run/containerd/containerd.sock unix:///run/crio/crio.sock]. As the default settings are now deprecated, you should set the endpoint instead.'),
        hit("kubelet", 'validate CRI v1 runtime API for endpoint "unix:///var/run/docker/containerd/containerd.sock": rpc error: code = Unimplemented desc = unknown service'),
        hit("kubelet", '"command failed" err="the container runtime endpoint address was not specified or empty, use --container-runtime-endpoint to set"'),
        near_miss("kubelet", '"Using this endpoint is deprecated, please consider using full URL format" endpoint="/run/containerd/containerd.sock" URL="unix:///run/containerd/containerd.sock"'),
        near_miss("kubelet", "dial unix /run/containerd/containerd.sock: connect: connection refused"),
        near_miss("kubelet", "failed to parse kubelet flag: unknown flag: --container-runtime"),
        near_miss("shell", "FATA[0000] listing containers: rpc error: code = DeadlineExceeded desc = context deadline exceeded"),
    ),
    versions="dockershim.sock: Kubernetes 1.24 and later; crictl's default list: before 1.29",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/", "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#installing-runtime",
                "https://github.com/kubernetes-sigs/cri-tools/blob/master/docs/crictl.md"),
    concepts=("cri",),
)
