"""flannel's /run/flannel/subnet.env is absent: flanneld did not come up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="flannel-subnet-env-missing",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("flannel's subnet.env is missing on the node", "ノードに flannel の subnet.env がない"),
    summary=Text(
        "The flannel plugin reads /run/flannel/subnet.env, which flanneld writes when it has a lease. The file lives on a tmpfs and is gone after a reboot, so its absence always means that flanneld is not up: read the flannel pod's own log for the reason.",
        "flannel プラグインは、flanneld がリースを得たときに書く /run/flannel/subnet.env を読む。tmpfs 上にあり再起動で消えるため、これがないときは必ず flanneld が起動していない。理由は flannel Pod 自身のログにある。",
    ),
    signatures=(
        Signature(r"/run/flannel/subnet\.env: no such file or directory", component="cni", proof="states", source="flannel-io/cni-plugin flannel.go"),
        Signature(r"loadFlannelSubnetEnv failed", component="cni", source="containernetworking/plugins flannel, before 1.0"),
    ),
    states=(StateTest("Pod", {"pod": r"^kube-flannel-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the flannel plugin cannot tell the node's subnet", "flannel プラグインがノードのサブネットを知ることができない"), strength=0.95),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.6),
    ),
    asks=(
        Ask("kubectl get pods -A -o wide --field-selector spec.nodeName={node} | grep flannel; kubectl -n kube-flannel logs -l app=flannel --prefix --tail=30",
            Text("the flannel pod is absent or crashes; its last lines name the deeper cause", "flannel Pod がない、またはクラッシュしており、最後の数行が本当の原因を示す"),
            ("node-podcidr-not-assigned", "kernel-module-missing", "service-vip-unreachable", "flannel-interface-not-found", "vxlan-not-supported", "pod-cidr-mismatch-config"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Repair and restart the flannel pod of this node; it writes the file by itself.", "このノードの flannel Pod を修復し再起動する。ファイルは自動で書かれる。"),
               Text("none for running pods", "稼働中の Pod には影響しない"), command="kubectl -n kube-flannel delete pod -l app=flannel --field-selector spec.nodeName={node}",
               verify="cat /run/flannel/subnet.env"),
        Remedy("permanent", Text("Mend what keeps flanneld down (podCIDR, br_netfilter, API VIP, tolerations, PodSecurity); never keep a hand-written file, it hides the fault until the subnet changes.",
                                 "flanneld を止めている原因(podCIDR、br_netfilter、API の VIP、toleration、PodSecurity)を直す。手書きのファイルはサブネット変更まで障害を隠すだけなので置かない。"),
               Text("none", "なし"), verify="kubectl -n kube-flannel rollout status ds/kube-flannel-ds", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'failed to setup network for sandbox "1f0e": plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory', reason="FailedCreatePodSandBox"),
        hit("kubelet", r'"Error syncing pod" err="failed to setup network for sandbox \"1f0e\": plugin type=\"flannel\" failed (add): failed to load flannel \'subnet.env\' file: open /run/flannel/subnet.env: no such file or directory. Check the flannel pod log for this node."'),
        near_miss("pod-log", 'Error registering network: failed to acquire lease: node "n4" pod cidr not assigned'),
        near_miss("k8s-event", "stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "kube-flannel-ds-8x2z7", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "kube-flannel-ds-8x2z7", "status": "Running"}, False),
    ),
    versions="flannel, k3s/rke2 with canal, all versions",
    references=("https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md", "https://github.com/kubernetes/kubernetes/issues/70202"),
)
