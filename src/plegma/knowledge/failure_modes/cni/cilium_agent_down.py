"""The Cilium agent of the node does not answer the plugin."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cilium-agent-down",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the Cilium agent is down on the node", "ノードの Cilium エージェントが停止している"),
    summary=Text(
        "The plugin asks the agent over /var/run/cilium/cilium.sock for 30 s and gives up: the agent crashed, was OOM-killed, is still starting or hangs. Pods can neither be created nor deleted there until it is back; existing connections mostly go on, as the datapath stays in the kernel.",
        "プラグインは /var/run/cilium/cilium.sock でエージェントに 30 秒問い合わせて諦める。エージェントがクラッシュ、OOM kill、起動中、またはハングしている。復旧まで Pod の作成も削除もできない。データパスはカーネルに残るため既存の通信はおおむね続く。",
    ),
    signatures=(
        Signature(r"unable to connect to Cilium (?:daemon|agent)", component="cni", proof="states", source="cilium plugins/cilium-cni"),
        Signature(r"failed to create cilium agent client after", component="cni", proof="states", source="cilium pkg/client"),
        Signature(r"cilium\.sock: connect: (?:no such file or directory|connection refused)", at_least=10, source="net.Dial of the agent's socket, long after a start"),
        Signature(r"cilium\.sock: connect: (?:no such file or directory|connection refused)", proof="suggests", source="net.Dial of the agent's socket: also probes and the agent's own parts while it starts"),
        Signature(r"Unable to mount BPF filesystem", component="network", proof="states", source="cilium pkg/bpf/bpffs_linux.go: fatal for the agent"),
        Signature(r"Cilium API client timeout exceeded", component="cni", source="cilium pkg/client; the agent may also be alive and slow"),
        Signature(r"plugin type=\\*\"cilium-cni\\*\".{0,160}unexpected end of JSON input", component="cni", proof="suggests", source="libcni: the plugin wrote no result"),
    ),
    states=(StateTest("Pod", {"pod": r"^cilium-[a-z0-9]{5}$", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD waits 30 s for the agent and fails", "ADD がエージェントを 30 秒待って失敗する"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL needs the agent too", "DEL もエージェントを必要とする"), strength=0.9),
        Link("cni-del-error-loop", "node", Text("DEL fails for as long as the agent is away", "エージェント停止中は DEL が失敗し続ける"), strength=0.5),
        Link("readiness-probe-failing", "node", Text("the agent's own probe asks the socket that is not there", "エージェント自身の probe が存在しないソケットに問い合わせる"), strength=0.5),
        Link("cni-config-missing", "node", Text("the agent writes the CNI configuration at start (and may remove it at its end)", "エージェントは起動時に CNI 設定を書く(終了時に消すこともある)"), strength=0.5),
        Link("cni-plugin-hang-or-lock", "node", Text("plugin calls of 30 s queue up", "30 秒かかるプラグイン呼び出しが積み上がる"), strength=0.4),
        Link("service-vip-unreachable", "node", Text("with kube-proxy replacement service rules are not kept up to date", "kube-proxy 置き換え構成では Service のルールが更新されない"), strength=0.3),
    ),
    refutes=(Refutation(Text("the agent answers, but refuses because of its rate limit", "エージェントは応答しており、レート制限で拒否している"), mode="cilium-agent-overloaded", weight=0.25),),
    asks=(
        Ask("kubectl -n kube-system get pods -l k8s-app=cilium -o wide --field-selector spec.nodeName={node}; kubectl -n kube-system logs -l k8s-app=cilium --previous --tail=60",
            Text("the agent restarts or is absent, and its previous log tells why", "エージェントが再起動を繰り返す、または存在せず、前回のログに理由がある"),
            ("cilium-agent-overloaded", "cgroup-driver-mismatch-cgroupv2", "cni-config-missing", "app-oomkilled"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart the agent's pod on the node.", "そのノードのエージェント Pod を再起動する。"), Text("policy and service changes wait until it is up", "復旧までポリシーや Service の変更が反映されない"),
               command="kubectl -n kube-system delete pod -l k8s-app=cilium --field-selector spec.nodeName={node}", verify="kubectl -n kube-system exec ds/cilium -- cilium status --brief"),
        Remedy("permanent", Text("Act on the previous log: memory limit, kernel requirements, API reachability (k8sServiceHost), version; alarm on agent restarts.",
                                 "前回のログに従って対処する(メモリ上限、カーネル要件、API への到達性 k8sServiceHost、版)。エージェントの再起動を監視する。"),
               Text("rolling restart of the DaemonSet", "DaemonSet のローリング再起動"), verify="kubectl -n kube-system rollout status ds/cilium"),
    ),
    examples=(
        hit("pod-log", 'level=fatal msg="Unable to mount BPF filesystem" error="multiple mount points detected at /sys/fs/bpf" subsys=bpf'),
        near_miss("pod-log", 'level=info msg="Detected mounted BPF filesystem at /sys/fs/bpf" subsys=bpf'),
        hit("k8s-event", 'plugin type="cilium-cni" failed (add): unable to connect to Cilium agent: failed to create cilium agent client after 30.000000 seconds timeout: Get "http://localhost/v1/config": dial unix /var/run/cilium/cilium.sock: connect: no such file or directory', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'networkPlugin cni failed to teardown pod "db-0_data" network: unable to connect to Cilium daemon: failed to create cilium agent client'),
        hit("k8s-event", 'plugin type="cilium-cni" failed (add): unable to create endpoint: Cilium API client timeout exceeded', reason="FailedCreatePodSandBox"),
        hit("kubelet", r'failed to setup network for sandbox \"9f\": plugin type=\"cilium-cni\" name=\"cilium\" failed (add): unexpected end of JSON input'),
        hit("k8s-event", "Readiness probe failed: Get \"http://localhost/healthz\": dial unix /var/run/cilium/cilium.sock: connect: connection refused", count=24),
        hit("pod-log", "Get \"http://localhost/v1/healthz\": dial unix /var/run/cilium/cilium.sock: connect: no such file or directory"),
        near_miss("pod-log", "level=info msg=\"Serving cilium API at unix:///var/run/cilium/cilium.sock\" subsys=daemon"),
        near_miss("k8s-event", 'plugin type="cilium-cni" failed (add): unable to create endpoint: [PUT /endpoint/{id}][429] putEndpointIdTooManyRequests', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "unable to allocate IP via local cilium agent: [POST /ipam][502] postIpamFailure range is full", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'networkPlugin cni failed to set up pod "a_b" network: unexpected end of JSON input', reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "cilium-7xk2p", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "cilium-7xk2p", "status": "Running"}, False),
        StateExample("Pod", {"pod": "cilium-operator-7c9d8f6b5-x2x2x", "status": "CrashLoopBackOff"}, False),
    ),
    versions="Cilium, all versions",
    references=("https://docs.cilium.io/en/stable/operations/troubleshooting/", "https://github.com/cilium/cilium/issues/15428"),
)
