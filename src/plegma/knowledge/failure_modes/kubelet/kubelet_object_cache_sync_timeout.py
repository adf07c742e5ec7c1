"""The kubelet's watch of a ConfigMap or Secret does not come through."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-object-cache-sync-timeout",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("ConfigMap/Secret exists, but the kubelet's cache of it does not sync", "ConfigMap / Secret は存在するが kubelet のキャッシュが同期しない"),
    summary=Text(
        "The kubelet watches each ConfigMap and Secret of its pods. Right after a start, with an API server that is slow, or with very many watches on one connection (about 250 streams per HTTP/2 connection), the first list does not arrive in time and the volume waits. Once is normal; again and again is not.",
        "kubelet は Pod が参照する ConfigMap / Secret を個別に watch する。起動直後、API サーバーが遅い時、1 接続に watch が多すぎる時(HTTP/2 で約 250 ストリーム)、初回の取得が間に合わずボリュームが待たされる。一度だけなら正常、繰り返すなら異常である。",
    ),
    signatures=(
        Signature(r"failed to sync (?:configmap|secret) cache: timed out waiting for the condition", "kubelet", "suggests", source="pkg/kubelet/util/manager/watch_based_manager.go"),
        Signature(r"failed to sync (?:configmap|secret) cache: timed out waiting for the condition", "kubelet", "shows", at_least=5, source="pkg/kubelet/util/manager/watch_based_manager.go"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("the volume's content is not there yet", "ボリュームの中身がまだ届いていない"), strength=0.8),
        Link("container-config-error", "pod", Text("environment variables cannot be built", "環境変数を構築できない"), strength=0.5),
    ),
    asks=(Ask("kubectl -n {namespace} get configmap,secret; journalctl -u kubelet --since -15min | grep -c 'failed to sync'", Text("the object exists, and many pods of the node say the same", "オブジェクトは存在し、同じノードの多数の Pod で発生している"), ("configmap-or-secret-missing", "benign-terminated-pod-mount-noise", "apiserver-overloaded", "kubelet-client-throttled"), "kubelet-log"),),
    remedies=(
        Remedy("temporary", Text("wait for the retry; if it stays, restart the kubelet", "再試行を待つ。解消しなければ kubelet を再起動する"), Text("workload stays", "ワークロードは影響を受けない"), "systemctl restart kubelet", "kubectl -n {namespace} get pod {pod}"),
        Remedy("permanent", Text("raise the API server's --http2-max-streams-per-connection, fewer distinct objects per node, immutable ConfigMaps and Secrets (not watched)", "API サーバーの --http2-max-streams-per-connection を上げ、ノードあたりのオブジェクト種類を減らし、watch されない immutable な ConfigMap / Secret を使う"), Text("restarts the API server", "API サーバーの再起動を伴う"), verify="journalctl -u kubelet --since -1h | grep -c 'failed to sync'"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.SetUp failed for volume "conf" : failed to sync configmap cache: timed out waiting for the condition', "FailedMount"),
        hit("k8s-event", 'MountVolume.SetUp failed for volume "tls" : failed to sync secret cache: timed out waiting for the condition', "FailedMount", count=30),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "conf" : configmap "settings" not found', "FailedMount"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "kube-api-access-9kx2p" : object "batch"/"kube-root-ca.crt" not registered', "FailedMount"),
    ),
    versions="watch-based manager: v1.12 and later",
    references=("https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable",),
)
