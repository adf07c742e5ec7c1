"""The kubelet's certificate file is empty, missing or does not match its key."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-client-cert-corrupted",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet's client certificate file is unreadable", "kubelet のクライアント証明書ファイルが破損・欠落している"),
    summary=Text(
        "kubelet-client-current.pem is empty, cut off or dangling (power loss or full disk during rotation, restored image), so the kubelet cannot build its API client and ends.",
        "kubelet-client-current.pem が空・途中切れ・リンク切れになっている(ローテーション中の電源断やディスクフル、イメージの復元など)。kubelet は API クライアントを作れず終了する。",
    ),
    signatures=(
        Signature(r"could not convert data from \\*\"\S*kubelet\S*\.pem\\*\" into cert/key pair", "kubelet", "states", source="k8s.io/client-go/util/certificate/certificate_store.go"),
        Signature(r"unable to read client-cert \S*kubelet-client\S*", "kubelet", "states", source="client-go clientcmd validation"),
        Signature(r"kubelet-client\S*\.pem.{0,80}(?:failed to find any PEM data|no such file or directory|private key does not match)", "kubelet", "states", source="crypto/tls"),
    ),
    leads_to=(Link("kubelet-crash-loop", "node", Text("no client can be built, the process exits", "クライアントを構築できずプロセスが終了する"), strength=0.9),),
    asks=(Ask("ls -lL /var/lib/kubelet/pki; openssl x509 -noout -enddate -in /var/lib/kubelet/pki/kubelet-client-current.pem", Text("size 0, a dangling link, or no PEM inside", "サイズ 0、リンク切れ、または PEM が含まれない"), ("kubelet-client-cert-expired", "kubelet-not-bootstrapped"), "kubelet-log"),),
    remedies=(
        Remedy("temporary", Text("link kubelet-client-current.pem to an older dated file that is whole and valid, or bootstrap the node anew", "壊れていない日付付きの旧ファイルへ kubelet-client-current.pem を張り直すか、ノードを再ブートストラップする"), Text("restarts the kubelet only", "再起動するのは kubelet のみ"), "ln -sf $(ls -t /var/lib/kubelet/pki/kubelet-client-2*.pem | sed -n 2p) /var/lib/kubelet/pki/kubelet-client-current.pem && systemctl restart kubelet", "systemctl is-active kubelet"),
        Remedy("permanent", Text("keep space free on /var and avoid hard power-offs", "/var の空き容量を確保し、強制電源断を避ける"), Text("none", "なし"), verify="df -h /var/lib/kubelet", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'failed to run Kubelet: failed to initialize client certificate manager: could not convert data from "/var/lib/kubelet/pki/kubelet-client-current.pem" into cert/key pair: tls: failed to find any PEM data in certificate input'),
        hit("kubelet", "failed to run Kubelet: invalid configuration: [unable to read client-cert /var/lib/kubelet/pki/kubelet-client-current.pem for default-auth due to open /var/lib/kubelet/pki/kubelet-client-current.pem: no such file or directory]"),
        near_miss("kubelet", 'Loading cert/key pair from "/var/lib/kubelet/pki/kubelet-client-current.pem".'),
        near_miss("kubelet", "part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2023-03-02 07:02:33 +0000 UTC"),
    ),
    versions="all with certificate rotation",
    references=("https://kubernetes.io/docs/tasks/tls/certificate-rotation/",),
)
