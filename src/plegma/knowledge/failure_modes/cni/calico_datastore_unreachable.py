"""The Calico plugin or agent cannot reach its datastore (the API server or etcd)."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="calico-datastore-unreachable",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("Calico cannot reach its datastore from the node", "ノードから Calico のデータストアに到達できない"),
    summary=Text(
        "The plugin (in the host's network) and calico-node connect to the address in calico-kubeconfig, normally the API's service VIP, and get no answer. Either the VIP does not work on this node (kube-proxy, firewall, changed service CIDR) or the API or etcd is down for all.",
        "プラグイン(ホストのネットワーク)と calico-node は calico-kubeconfig のアドレス(通常は API の Service VIP)へ接続するが応答がない。そのノードで VIP が働いていない(kube-proxy、ファイアウォール、Service CIDR の変更)か、API や etcd が全体で停止している。",
    ),
    signatures=(
        Signature(r"error getting ClusterInformation: .{0,200}(?:i/o timeout|connection refused|no route to host|deadline exceeded|network is unreachable|Client\.Timeout)", component="cni", proof="states", source="calico cni-plugin"),
        Signature(r"Hit error connecting to datastore - retry", component="network", source="calico node startup"),
        Signature(r"Unable to (?:connect to|query) .{0,40}datastore", component="network", source="calico node"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD cannot read the cluster's state", "ADD がクラスターの状態を読めない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL cannot release the address", "DEL がアドレスを解放できない"), strength=0.8),
        Link("calico-node-not-ready", "node", Text("Felix does not get ready without the datastore", "データストアなしでは Felix が Ready にならない"), strength=0.8),
        Link("cni-plugin-hang-or-lock", "node", Text("plugins wait out their time-outs and queue on the IPAM lock", "プラグインがタイムアウトまで待ち、IPAM ロックに並ぶ"), strength=0.4),
        Link("cni-del-error-loop", "node", Text("DEL fails for as long as the datastore is away", "データストアに届かない間 DEL が失敗し続ける"), strength=0.4),
    ),
    asks=(
        Ask("grep server: /etc/cni/net.d/calico-kubeconfig; curl -k -m 5 https://10.96.0.1:443/version; curl -k -m 5 https://APISERVER:6443/version",
            Text("the VIP fails while the API server's own address answers: the node's service rules; both fail: API server or network",
                 "VIP だけ失敗し API サーバー自身のアドレスは応答するならノードの Service ルール、両方失敗なら API サーバーかネットワーク"),
            ("service-vip-unreachable", "kube-proxy-down", "calico-cni-token-unauthorized", "kubelet-apiserver-unreachable", "app-dependency-unreachable"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restore the path to the API (kube-proxy, firewall, API server), then let pods retry.", "API への経路(kube-proxy、ファイアウォール、API サーバー)を復旧し、Pod の再試行を待つ。"),
               Text("none", "なし"), command="kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName={node}", verify="curl -k -m 5 https://10.96.0.1:443/version"),
        Remedy("permanent", Text("Let Calico use a highly available API address that does not depend on kube-proxy (KUBERNETES_SERVICE_HOST in kubernetes-services-endpoint), Typha in large clusters.",
                                 "kube-proxy に依存しない冗長な API アドレス(kubernetes-services-endpoint の KUBERNETES_SERVICE_HOST)を使わせ、大規模なら Typha を置く。"),
               Text("rolling restart of calico-node", "calico-node のローリング再起動"), verify="kubectl -n kube-system rollout status ds/calico-node"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="calico" failed (add): error getting ClusterInformation: Get "https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default": dial tcp 10.96.0.1:443: i/o timeout', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'networkPlugin cni failed to teardown pod "db-0_data" network: error getting ClusterInformation: Get https://[10.96.0.1]:443/apis/crd.projectcalico.org/v1/clusterinformations/default: dial tcp 10.96.0.1:443: connect: no route to host'),
        hit("pod-log", "Hit error connecting to datastore - retry error=Get \"https://10.96.0.1:443/api/v1/nodes/foo\": dial tcp 10.96.0.1:443: i/o timeout"),
        hit("pod-log", "Unable to connect to the datastore, is etcd running?"),
        near_miss("k8s-event", "error getting ClusterInformation: connection is unauthorized: Unauthorized", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "unable to connect to Cilium daemon: failed to create cilium agent client after 30.000000 seconds timeout", reason="FailedCreatePodSandBox"),
    ),
    versions="Calico 3.x",
    references=("https://docs.tigera.io/calico/latest/operations/troubleshoot/troubleshooting", "https://github.com/projectcalico/calico/issues/6205"),
)
