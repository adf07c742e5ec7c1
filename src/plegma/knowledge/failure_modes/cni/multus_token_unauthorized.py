"""Multus' credentials on the node are refused by the API."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="multus-token-unauthorized",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("Multus' token on the node is no longer valid", "ノード上の Multus のトークンが無効になっている"),
    summary=Text(
        "Multus comes first in /etc/cni/net.d (00-multus.conf) and asks the API about each pod with the token in multus.d/multus.kubeconfig. After Multus was removed or re-installed, or when the token is not renewed (bound tokens expire after an hour to a year), all pods of the node fail although the real CNI is in order.",
        "Multus は /etc/cni/net.d の先頭(00-multus.conf)にあり、multus.d/multus.kubeconfig のトークンで Pod ごとに API へ問い合わせる。Multus の削除・再導入後や、トークンが更新されない場合(有効期限は 1 時間〜1 年)、本来の CNI が正常でもそのノードの全 Pod が失敗する。",
    ),
    signatures=(
        Signature(r"Multus: \[(?P<namespace>[a-z0-9.-]+)/(?P<pod>[a-z0-9.-]+)(?:/[0-9a-f-]+)?\]: error (?:getting|waiting for) pod: Unauthorized", component="cni", proof="states", source="multus-cni"),
        Signature(r"Multus: \[.{1,200}\]: error (?:getting|waiting for) pod: .{0,300}x509: ", component="cni", source="multus-cni; kubeconfig with an old CA"),
        Signature(r"Multus: .{0,200}GetK8sClient: failed to get context for the kubeconfig", component="cni", source="multus-cni pkg/k8sclient: the configuration outlived multus' kubeconfig"),
        Signature(r"Multus: .{0,300}(?:failed to query the pod|in loading K8s Delegates) .{0,200}Unauthorized", component="cni", proof="states", source="multus-cni before 3.5"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD is refused by the API before the real plugin is called", "本来のプラグインを呼ぶ前に ADD が API に拒否される"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL asks the API too", "DEL も API に問い合わせる"), strength=0.6),
        Link("cni-del-error-loop", "node", Text("DEL of dead sandboxes fails again and again", "死んだ PodSandbox の DEL が失敗し続ける"), strength=0.4),
    ),
    asks=(
        Ask("ls -l --time-style=full-iso /etc/cni/net.d /etc/cni/net.d/multus.d; kubectl get pods -A -o wide | grep -i multus",
            Text("00-multus.conf is there but no Multus pod runs on the node, or the kubeconfig is old", "00-multus.conf はあるのに Multus の Pod がそのノードで動いていない、または kubeconfig が古い"),
            ("calico-cni-token-unauthorized", "multus-nad-config-error", "cni-config-conflict", "kubelet-client-cert-expired", "kubelet-ca-mismatch"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Multus still wanted: restart its pod on the node. Not wanted any more: move 00-multus.conf away.",
                                 "Multus を使うなら、そのノードの Multus Pod を再起動する。使わないなら 00-multus.conf を退避する。"),
               Text("without Multus pods get no extra networks", "Multus がなければ追加ネットワークは付かない"), command="mv /etc/cni/net.d/00-multus.conf /root/",
               verify="crictl info | grep -i multus", risk_level="none"),
        Remedy("permanent", Text("A version that renews its kubeconfig (thick plugin, or thin with token watch enabled), and a clean-up job at uninstall.",
                                 "kubeconfig を更新する版(thick 版、または更新を有効にした thin 版)を使い、アンインストール時に後片付けを行う。"),
               Text("rolling restart of the Multus DaemonSet", "Multus DaemonSet のローリング再起動"), verify="kubectl -n kube-system rollout status ds/kube-multus-ds"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="multus" name="multus-cni-network" failed (add): Multus: [shop/web-0/5d1e7c11-aaaa-4bbb-8ccc-0123456789ab]: error waiting for pod: Unauthorized', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'networkPlugin cni failed to teardown pod "web-0_shop" network: Multus: [shop/web-0]: error getting pod: Unauthorized'),
        hit("k8s-event", "Multus: [shop/web-0]: error getting pod: Get https://[10.43.0.1]:443/api/v1/namespaces/shop/pods/web-0?timeout=1m0s: x509: certificate signed by unknown authority", reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'error killing pod: failed to "KillPodSandbox" for "5d1e7c11" with KillPodSandboxError: "rpc error: code = Unknown desc = failed to destroy network for sandbox \\"9a\\": plugin type=\\"multus\\" failed (delete): Multus: error getting k8s client: GetK8sClient: failed to get context for the kubeconfig /etc/cni/net.d/multus.d/multus.kubeconfig: stat /etc/cni/net.d/multus.d/multus.kubeconfig: no such file or directory"', reason="FailedKillPod"),
        hit("k8s-event", "Multus: Err in loading K8s Delegates k8s args: Multus: Err in getting k8s network from pod: getPodNetworkAnnotation: failed to query the pod web-0 in out of cluster comm: Unauthorized", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "error getting ClusterInformation: connection is unauthorized: Unauthorized", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "Multus: [shop/web-0]: error loading k8s delegates k8s args: TryLoadPodDelegates: error in getting k8s network from pod: GetNetworkDelegates: failed getting the delegate", reason="FailedCreatePodSandBox"),
    ),
    versions="Multus 3.x and thin 4.x on Kubernetes 1.21 and later",
    references=("https://github.com/k8snetworkplumbingwg/multus-cni/issues/852", "https://github.com/k8snetworkplumbingwg/multus-cni/issues/1094", "https://github.com/rancher/rke2/issues/9313"),
)
