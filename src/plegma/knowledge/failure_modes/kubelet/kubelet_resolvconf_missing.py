"""The resolver file that the kubelet gives to pods is not on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-resolvconf-missing",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet's resolvConf file does not exist on the node", "kubelet の resolvConf が指すファイルがノードに存在しない"),
    summary=Text(
        "resolvConf names a file of another operating system or of a service that is off (typically /run/systemd/resolve/resolv.conf without systemd-resolved). The kubelet reads it while it builds the sandbox configuration, before it calls the runtime, so no pod of the node can start, hostNetwork and static ones included.",
        "resolvConf が別の OS 用のパスや停止中のサービスのファイル(典型は systemd-resolved が動いていない環境での /run/systemd/resolve/resolv.conf)を指している。kubelet はランタイムを呼ぶ前の PodSandbox 設定生成時に読むため、hostNetwork や static Pod も含めノード上の Pod が一切起動できない。",
    ),
    signatures=(
        Signature(r"open \S*resolv\.conf: no such file or directory", "kubelet", "states", source="pkg/kubelet/network/dns/dns.go"),
        Signature(r"[Ff]ailed to generate sandbox config for pod .*resolv\.conf", "kubelet", "states", source="pkg/kubelet/kuberuntime/kuberuntime_sandbox.go"),
        Signature(r"resolv\.conf", "kubelet", "suggests", reason="CheckLimitsForResolvConf", source="pkg/kubelet/network/dns/dns.go"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the sandbox configuration cannot be built, so RunPodSandbox is never called", "PodSandbox の設定を生成できず、RunPodSandbox が呼ばれない"), strength=0.95),
    ),
    asks=(
        Ask("ls -lL /etc/resolv.conf /run/systemd/resolve/resolv.conf; grep -i resolvConf /var/lib/kubelet/config.yaml; systemctl is-active systemd-resolved", Text("the file that resolvConf names is absent", "resolvConf が指すファイルが存在しない"), ("sandbox-image-pull-failure", "cni-config-missing"), "kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("create the file (start systemd-resolved or link it to the real resolver file); the kubelet retries by itself", "ファイルを用意する(systemd-resolved を起動するか、実在の resolv.conf へリンクする)。kubelet は自動で再試行する"), Text("pods started meanwhile get the resolvers of that file", "以後に起動する Pod はそのファイルのリゾルバーを使う"), "mkdir -p /run/systemd/resolve && ln -s /etc/resolv.conf /run/systemd/resolve/resolv.conf", "crictl pods --state ready", "none"),
        Remedy("permanent", Text("set resolvConf to the file that this operating system has; keep one kubelet configuration per OS", "resolvConf をその OS に実在するファイルに設定し、OS ごとに kubelet 設定を分ける"), Text("restarts the kubelet", "kubelet の再起動を伴う"), "sed -i 's#^resolvConf:.*#resolvConf: /etc/resolv.conf#' /var/lib/kubelet/config.yaml && systemctl restart kubelet", "kubectl get pods -A --field-selector spec.nodeName={node}"),
    ),
    examples=(
        hit("kubelet", '"Failed to generate sandbox config for pod" err="open /run/systemd/resolve/resolv.conf: no such file or directory" pod="kube-system/kube-proxy-7x2vd"'),
        hit("k8s-event", "Failed to create pod sandbox: open /run/systemd/resolve/resolv.conf: no such file or directory", "FailedCreatePodSandBox"),
        hit("kubelet", 'GeneratePodSandboxConfig for pod "web-0_shop(0f6c2b0e-5a5e-4d6f-8d0a-2a3c3b7a9a10)" failed: open /etc/resolv.conf: no such file or directory'),
        hit("kubelet", 'CreatePodSandbox for pod "etcd-m1_kube-system(9b1f)" failed: Failed to generate sandbox config for pod "etcd-m1_kube-system(9b1f)": open /etc/resolvconf/resolv.conf: no such file'),
        hit("k8s-event", 'Resolv.conf file "/run/systemd/resolve/resolv.conf" cannot be opened', "CheckLimitsForResolvConf"),
        near_miss("k8s-event", "Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.0.0.2 10.0.0.3 10.0.0.4", "DNSConfigForming"),
        near_miss("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.9"', "FailedCreatePodSandBox"),
        near_miss("kubelet", "failed to load Kubelet config file /var/lib/kubelet/config.yaml, error open /var/lib/kubelet/config.yaml: no such file or directory"),
    ),
    versions="all",
    references=(
        "https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/#known-issues",
        "https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",
    ),
)
