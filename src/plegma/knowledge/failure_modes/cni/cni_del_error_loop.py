"""CNI DEL fails for ever, so a sandbox can never be removed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-del-error-loop",
    layer="cni",
    role="cause",
    subject="Pod",
    title=Text("CNI DEL fails again and again", "CNI の DEL が失敗し続ける"),
    summary=Text(
        "The plugin's DEL returns an error instead of success although there is nothing left to remove (interface, device, agent or address is gone). "
        "StopPodSandbox then fails at each try: the pod stays Terminating or its dead sandbox stays in the runtime, the address stays reserved and the log fills.",
        "消すべきもの(インターフェース、デバイス、エージェント、アドレス)がもうないのに、プラグインの DEL が成功ではなくエラーを返す。"
        "StopPodSandbox が毎回失敗し、Pod は Terminating のまま、または死んだ PodSandbox がランタイムに残り、アドレスは予約されたままログが溢れる。",
    ),
    signatures=(
        Signature(r"Failed to stop sandbox .{0,90}before removing.{0,200}(?:failed to destroy network|failed to teardown pod)", component="kubelet",
                  source="kubelet kuberuntime_gc.go: the garbage collection of dead sandboxes"),
        Signature(r"(?:conflistDel|confDel|delegateDel): error in getting result from DelNetwork", component="cni", source="multus-cni"),
        Signature(r"failed to destroy network for (?:pod )?sandbox", component="cni", at_least=10, source="containerd and cri-o sandbox_stop"),
        Signature(r"failed to destroy network for (?:pod )?sandbox", component="cni", proof="suggests", source="containerd and cri-o sandbox_stop"),
        Signature(r"KillPodSandboxError.{0,200}(?:failed to destroy network|failed to teardown pod)", component="kubelet", at_least=3, source="kubelet: the pod's deletion is tried again and again"),
        Signature(r"failed to destroy network for .{1,300}already assigned", component="cni", source="cri-o/ocicni with a meta-plugin: DEL is taken for a second ADD"),
        Signature(r"StopPodSandbox .{0,90}from runtime service failed: .{0,90}failed to teardown pod", component="kubelet", at_least=10, source="dockershim"),
        Signature(r"(?:failed to destroy network for (?:pod )?sandbox|failed to teardown pod|StopPodSandbox).{0,400}failed to Statfs \\*\"[^ ]*/(?:ns/net|netns/)", component="cni",
                  source="containernetworking/plugins pkg/ns: DEL of a namespace that is gone should succeed, and is tried for ever"),
        Signature(r"(?:StopPodSandbox|KillPodSandboxError).{0,300}failed to teardown pod", component="kubelet", proof="suggests", source="dockershim"),
        Signature(r"Error deleting (?:network|\S+ from network \S+): ", component="kubelet", proof="suggests", source="kubelet dockershim network/cni/cni.go: DEL returned an error"),
        Signature(r"sandbox network namespace .{0,120}is not fully closed", component="runtime", proof="suggests", source="containerd sandbox_remove.go"),
    ),
    leads_to=(
        Link("sandbox-kill-failing", "pod", Text("StopPodSandbox returns DEL's error", "StopPodSandbox が DEL のエラーを返す"), strength=0.95),
        Link("pod-stuck-terminating", "pod", Text("the kubelet does not finish a pod whose sandbox cannot be stopped",
                                                  "PodSandbox を停止できない Pod を kubelet は終了できない"), strength=0.8),
    ),
    refutes=(
        Refutation(Text("the agent that DEL talks to is down: DEL works again when it is back", "DEL の相手のエージェントが停止中で、復旧すれば DEL も成功する"),
                   mode="cilium-agent-down", weight=0.4),
        Refutation(Text("DEL does not fail, it hangs until it is killed", "DEL はエラーではなく、kill されるまでハングしている"), mode="cni-plugin-hang-or-lock", weight=0.4),
        Refutation(Text("no CNI configuration is loaded at all", "CNI 設定そのものが読み込まれていない"), mode="cni-config-missing", weight=0.4),
        Refutation(Text("the plugin is refused by the API, for ADD as well", "API に拒否されており、ADD も失敗している"),
                   mode="calico-cni-token-unauthorized", weight=0.4),
    ),
    asks=(
        Ask("journalctl -u containerd -u crio -u kubelet --since -2h | grep -E 'destroy network|teardown pod' | tail -50",
            Text("the same DEL error for the same sandbox at every try, while ADD works for new pods",
                 "同じ PodSandbox に同じ DEL エラーが毎回出て、新しい Pod の ADD は成功している"),
            ("cilium-agent-down", "calico-cni-token-unauthorized", "cni-config-missing", "cni-plugin-hang-or-lock", "netns-missing"), "runtime-log"),
        Ask("ls /var/lib/cni/results | grep {sandbox_id}; crictl pods --state NotReady",
            Text("a cached result and a NotReady sandbox of a pod that is gone", "存在しない Pod のキャッシュ結果と NotReady の PodSandbox が残っている"),
            ("pod-stuck-terminating",), "container-list"),
    ),
    remedies=(
        Remedy("temporary", Text("Remove the sandbox by force; if DEL still fails, remove its cached result so that the runtime has nothing to delete.",
                                 "PodSandbox を強制削除する。それでも DEL が失敗するなら、キャッシュされた結果を消して削除対象をなくす。"),
               Text("the address may stay reserved in the IPAM; check that no process of the pod is left", "IPAM の予約が残ることがある。Pod のプロセスが残っていないか確認する"),
               command="crictl rmp -f {sandbox_id}", verify="crictl pods --id {sandbox_id}", risk_level="disruptive"),
        Remedy("permanent", Text("Upgrade the plugin (and meta-plugin) to a version whose DEL succeeds when there is nothing left, as the CNI specification asks.",
                                 "CNI 仕様の要求どおり、対象が残っていなくても DEL が成功する版へプラグイン(メタプラグインも)を更新する。"),
               Text("roll out node by node", "ノード単位で段階的に適用する"), verify="journalctl -u kubelet --since -10min | grep -c 'destroy network'"),
    ),
    examples=(
        hit("kubelet", r'"Failed to stop sandbox before removing" err="rpc error: code = Unknown desc = failed to destroy network for sandbox \"51aa\": plugin type=\"host-device\" name=\"dpdk\" failed (delete): Link not found" sandboxID="51aa"'),
        hit("kubelet", 'Failed to stop sandbox "77c0" before removing: rpc error: code = Unknown desc = failed to destroy network for sandbox "77c0": del cmd: failed to process delete request'),
        hit("containerd", 'StopPodSandbox for "51aa" failed failed to destroy network for sandbox "51aa": plugin type="multus" name="multus-cni-network" failed (delete): delegateDel: error invoking ConflistDel - "dpdk-net": conflistDel: error in getting result from DelNetworkList: no device found'),
        hit("k8s-event", 'error killing pod: failed to "KillPodSandbox" for "0b1c" with KillPodSandboxError: "rpc error: code = Unknown desc = failed to destroy network for pod sandbox k8s_db-0_data: network \\"ovn\\" requested interface name \\"eth0\\" already assigned"', reason="FailedKillPod", count=44),
        hit("k8s-event", 'error killing pod: failed to "KillPodSandbox" for "0b1c" with KillPodSandboxError: "rpc error: code = Unknown desc = networkPlugin cni failed to teardown pod \\"db-0_data\\" network: could not remove wire"', reason="FailedKillPod", count=101),
        hit("kubelet", 'StopPodSandbox "77c0" from runtime service failed: rpc error: code = Unknown desc = networkPlugin cni failed to teardown pod "db-0_data" network: exit status 1', count=300),
        hit("kubelet", 'StopPodSandbox "77c0" from runtime service failed: rpc error: code = Unknown desc = networkPlugin cni failed to teardown pod "db-0_data" network: WorkloadEndpoint.crd.projectcalico.org "WorkloadEndpoint(wk--3-k8s-db--0-eth0)" not found'),
        hit("kubelet", 'Error deleting data_db-0/77c0 from network calico/k8s-pod-network: WorkloadEndpoint.crd.projectcalico.org "WorkloadEndpoint(wk--3-k8s-db--0-eth0)" not found'),
        hit("shell", 'removing the pod sandbox "77c0" failed: rpc error: code = Unknown desc = sandbox network namespace "/var/run/netns/cni-55ab" is not fully closed'),
        hit("containerd", 'StopPodSandbox for "77c0" failed, error: failed to destroy network for sandbox "77c0": failed to Statfs "/proc/41231/ns/net": no such file or directory'),
        near_miss("kubelet", 'NetworkPlugin cni failed to set up pod "job-7_batch" network: failed to Statfs "/proc/41231/ns/net": no such file or directory'),
        near_miss("k8s-event", '[failed to set up sandbox container "9d" network for pod "web-0": networkPlugin cni failed to set up pod "web-0_shop" network: no route, failed to clean up sandbox container "9d" network for pod "web-0": networkPlugin cni failed to teardown pod "web-0_shop" network: Link not found]', reason="FailedCreatePodSandBox", count=90),
        near_miss("k8s-event", 'error killing pod: failed to "KillContainer" for "app" with KillContainerError: "rpc error: code = DeadlineExceeded desc = context deadline exceeded"', reason="FailedKillPod", count=20),
    ),
    versions="all; multus from 3.7 on and SR-IOV/host-device plugins are known for it",
    references=("https://www.cni.dev/docs/spec/#del-remove-container-from-network-or-un-apply-modifications", "https://github.com/containerd/containerd/issues/9064",
                "https://github.com/k8snetworkplumbingwg/multus-cni/issues/669"),
)
