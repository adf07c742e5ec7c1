"""ipamd (aws-node) does not answer on 127.0.0.1:50051."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="aws-ipamd-not-running",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("ipamd of the AWS VPC CNI is not running on the node", "ノードで AWS VPC CNI の ipamd が動いていない"),
    summary=Text(
        "The CNI binary asks ipamd (in the aws-node pod) on 127.0.0.1:50051 and gets no answer: aws-node has not started yet, crashes, or cannot reach the API server or EC2. ADD and DEL fail until it answers.",
        "CNI バイナリは aws-node Pod 内の ipamd に 127.0.0.1:50051 で問い合わせるが応答がない。aws-node が未起動、クラッシュ中、または API サーバーや EC2 に届かない。復旧するまで ADD も DEL も失敗する。",
    ),
    signatures=(
        Signature(r"dial tcp 127\.0\.0\.1:50051: (?:connect|getsockopt): connection refused", component="cni", proof="states", source="amazon-vpc-cni-k8s cmd/routed-eni-cni-plugin"),
        Signature(r"[Ee]rror received from (?:Add|Del)Network g?RPC call", component="cni", source="amazon-vpc-cni-k8s cmd/routed-eni-cni-plugin"),
        Signature(r"Retrying waiting for IPAM-D", component="any", at_least=10, source="amazon-vpc-cni-k8s scripts/entrypoint.sh, cmd/aws-vpc-cni: ipamd does not answer; a start needs a few"),
        Signature(r"Retrying waiting for IPAM-D", component="any", proof="suggests", source="amazon-vpc-cni-k8s scripts/entrypoint.sh, cmd/aws-vpc-cni"),
        Signature(r"failed to connect service \\*\":50051\\*\" within", component="kubelet", proof="suggests", source="grpc-health-probe of aws-node; others use the port too"),
    ),
    states=(StateTest("Pod", {"pod": r"^aws-node-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD cannot ask ipamd for an address", "ADD が ipamd にアドレスを要求できない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL cannot give the address back", "DEL がアドレスを返却できない"), strength=0.5),
        Link("cni-del-error-loop", "node", Text("old versions fail each DEL for a sandbox that ipamd does not know", "古い版では ipamd が知らない PodSandbox の DEL が毎回失敗する"), strength=0.3),
        Link("cni-config-missing", "node", Text("aws-node writes the CNI configuration only when ipamd is healthy", "aws-node は ipamd が正常になってから CNI 設定を書く"), strength=0.5),
        Link("readiness-probe-failing", "node", Text("aws-node is not ready without ipamd", "ipamd がないと aws-node は Ready にならない"), strength=0.8),
        Link("probe-failing", "node", Text("aws-node's own probes fail", "aws-node 自身の probe が失敗する"), strength=0.5),
    ),
    asks=(
        Ask("kubectl -n kube-system get pods -l k8s-app=aws-node -o wide --field-selector spec.nodeName={node}; tail -50 /var/log/aws-routed-eni/ipamd.log",
            Text("aws-node is not 1/1 (2/2), and ipamd.log says why it stops: API server unreachable, IAM refusal, panic",
                 "aws-node が Ready でなく、ipamd.log に停止理由(API サーバー到達不可、IAM の拒否、panic)がある"),
            ("aws-cni-ip-exhausted", "aws-ipamd-permission-denied", "service-vip-unreachable"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart aws-node on this node (delete its pod) after reading its log.", "ログを確認したうえで、このノードの aws-node Pod を削除して再起動する。"),
               Text("running pods keep their network", "稼働中の Pod のネットワークは維持される"), command="kubectl -n kube-system delete pod -l k8s-app=aws-node --field-selector spec.nodeName={node}",
               verify="kubectl -n kube-system get pods -l k8s-app=aws-node -o wide", risk_level="restart"),
        Remedy("permanent", Text("Remove what stops it: kube-proxy before aws-node or API endpoint reachable, IAM policy AmazonEKS_CNI_Policy, enough memory and CPU, supported add-on version.",
                                 "停止原因を除く。API エンドポイントへの到達性(kube-proxy)、IAM ポリシー AmazonEKS_CNI_Policy、メモリと CPU、対応するアドオン版を確認する。"),
               Text("none", "なし"), verify="kubectl -n kube-system rollout status ds/aws-node", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'add cmd: Error received from AddNetwork gRPC call: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial tcp 127.0.0.1:50051: connect: connection refused"', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'networkPlugin cni failed to teardown pod "db-0_data" network: rpc error: code = Unavailable desc = all SubConns are in TransientFailure, latest connection error: connection error: desc = "transport: Error while dialing dial tcp 127.0.0.1:50051: getsockopt: connection refused"'),
        hit("k8s-event", 'Readiness probe failed: {"level":"info","ts":"2023-02-02T10:11:12.1Z","caller":"/usr/local/go/src/runtime/proc.go:225","msg":"timeout: failed to connect service \\":50051\\" within 5s"}', reason="Unhealthy"),
        hit("pod-log", "Retrying waiting for IPAM-D", count=24),
        hit("pod-log", "Retrying waiting for IPAM-D"),
        near_miss("pod-log", "Checking for IPAM connectivity ... "),
        near_miss("k8s-event", "add cmd: failed to assign an IP address to container", reason="FailedCreatePodSandBox"),
        near_miss("pod-log", "rpc error: dial tcp 10.4.7.7:50051: connect: connection refused"),
        near_miss("k8s-event", "unable to allocate IP address: Post http://127.0.0.1:6784/ip/77aa: dial tcp 127.0.0.1:6784: connect: connection refused", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "aws-node-8x2z7", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "aws-node-8x2z7", "status": "Running"}, False),
    ),
    versions="amazon-vpc-cni-k8s, all versions",
    references=("https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/troubleshooting.md", "https://github.com/aws/amazon-vpc-cni-k8s/issues/1078"),
)
