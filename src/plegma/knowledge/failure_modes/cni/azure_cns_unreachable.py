"""Azure CNI cannot reach CNS on the node, or waits for its own state lock."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="azure-cns-unreachable",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("azure-cns does not answer on the node", "ノードの azure-cns が応答しない"),
    summary=Text(
        "azure-vnet asks the container networking service on 127.0.0.1:10090 for an address; azure-cns is not running, crashes or has no network container yet (just started node), so ADD fails until it answers.",
        "azure-vnet は 127.0.0.1:10090 の container networking service にアドレスを要求する。azure-cns が動いていない、クラッシュしている、または起動直後で network container がないため、応答するまで ADD が失敗する。",
    ),
    signatures=(
        Signature(r"(?:localhost|127\.0\.0\.1):10090.{0,200}connection refused", component="cni", proof="states", source="azure-container-networking cns client"),
        Signature(r"Failed to get IP address from CNS", component="cni", proof="suggests", source="azure-container-networking cni/network"),
        Signature(r"[Ff]ailed to (?:lock store|initialize key-value store)", component="cni", proof="suggests", source="azure-container-networking store lock"),
    ),
    states=(StateTest("Pod", {"pod": r"^azure-cns-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD gets no address from CNS", "ADD が CNS からアドレスを得られない"), strength=0.9),
        Link("sandbox-kill-failing", "node", Text("DEL cannot release the address", "DEL がアドレスを解放できない"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n kube-system get pods -l k8s-app=azure-cns -o wide --field-selector spec.nodeName={node}; curl -s 127.0.0.1:10090/debug/ipaddresses",
            Text("azure-cns is not Running, or restarts", "azure-cns が Running でない、または再起動している"), ("azure-cni-ip-exhausted",), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart azure-cns on the node.", "そのノードの azure-cns を再起動する。"), Text("running pods keep their network", "稼働中の Pod の通信は維持される"),
               command="kubectl -n kube-system delete pod -l k8s-app=azure-cns --field-selector spec.nodeName={node}", verify="kubectl -n kube-system get pods -l k8s-app=azure-cns -o wide"),
        Remedy("permanent", Text("Upgrade the node image; open a support case when CNS keeps restarting.", "ノードイメージを更新する。CNS の再起動が続くならサポートへ連絡する。"), Text("nodes are re-imaged", "ノードが再イメージされる"),
               verify="kubectl -n kube-system rollout status ds/azure-cns", risk_level="disruptive"),
    ),
    examples=(
        hit("k8s-event", "IPAM Invoker Add failed with error: Failed to get IP address from CNS with error: http request failed: Post \"http://localhost:10090/network/requestipconfig\": dial tcp 127.0.0.1:10090: connect: connection refused", reason="FailedCreatePodSandBox"),
        hit("k8s-event", "IPAM Invoker Add failed with error: Failed to get IP address from CNS with error: http request failed with status 500", reason="FailedCreatePodSandBox"),
        hit("kubelet", "networkPlugin cni failed to set up pod: Failed to lock store: timed out locking store"),
        near_miss("k8s-event", "Failed to allocate pool: Failed to delegate: Failed to allocate address: No available addresses", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "dial tcp 127.0.0.1:50051: connect: connection refused", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "azure-cns-8x2z7", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "azure-cns-8x2z7", "status": "Running"}, False),
    ),
    versions="AKS with Azure CNI dynamic allocation, overlay or Cilium",
    references=("https://github.com/Azure/AKS/issues/4342", "https://learn.microsoft.com/en-us/troubleshoot/azure/azure-kubernetes/connectivity/aks-cni-troubleshooting"),
)
