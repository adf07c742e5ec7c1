"""The Secrets Store CSI driver cannot get the secrets."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="secrets-store-csi-failure",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("Secrets Store CSI driver cannot mount the secrets", "Secrets Store CSI ドライバーがシークレットをマウントできない"),
    summary=Text(
        "The provider (Vault, AWS, Azure, GCP) refused or did not answer: the identity of the pod lacks access, the object's name is wrong, the provider's pod is not on the node, or its API cannot be reached.",
        "プロバイダー(Vault、AWS、Azure、GCP)が拒否または無応答。Pod の ID に権限がない、オブジェクト名の誤り、ノードにプロバイダー Pod がない、API に到達できない、などが原因。",
    ),
    signatures=(
        Signature(r"failed to mount secrets store objects for pod", "any", "states", source="secrets-store-csi-driver"),
        Signature(r"failed to get secretproviderclass", "any", "states", source="secrets-store-csi-driver"),
        Signature(r"error connecting to provider \\*\"?\w+", "any", "states", source="secrets-store-csi-driver"),
        Signature(r"failed to process mount request\W.*failed to get objectType", "any", "states", source="secrets-store-csi-driver-provider-azure's own log"),
        Signature(r"provider not found: provider", "any", "states", source="secrets-store-csi-driver"),
    ),
    leads_to=(Link("volume-mount-failing", "pod", Text("NodePublishVolume fails", "NodePublishVolume が失敗する"), strength=0.95),),
    asks=(Ask("kubectl -n {namespace} get secretproviderclass; kubectl -n kube-system logs -l app=secrets-store-csi-driver --tail=50", Text("the provider's error: permission, not found, or no provider on the node", "プロバイダーのエラー(権限、未存在、ノードにプロバイダーなし)"), ("configmap-or-secret-missing", "csi-driver-not-registered", "csi-node-stage-failure"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("grant the pod's identity access, or correct the SecretProviderClass; the kubelet retries", "Pod の ID に権限を付与するか SecretProviderClass を修正する。kubelet は自動で再試行する"), Text("none for other pods", "他の Pod への影響はない"), "kubectl -n {namespace} describe secretproviderclass <name>", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("test identities and names in CI, run the provider DaemonSet with all tolerations", "ID と名前を CI で検証し、プロバイダー DaemonSet に全 toleration を付ける"), Text("none", "なし"), verify="kubectl get events -A | grep -c 'secrets store objects'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "rpc error: code = Unknown desc = error connecting to provider \"vault\": provider not found: provider \"vault\"", "FailedMount"),
        hit("k8s-event", 'MountVolume.SetUp failed for volume "secrets" : rpc error: code = Unknown desc = failed to mount secrets store objects for pod shop/cart-7c, err: rpc error: code = Unknown desc = error making mount request: 403 permission denied', "FailedMount"),
        hit("k8s-event", "rpc error: code = Unknown desc = failed to get secretproviderclass shop/vault, error: SecretProviderClass.secrets-store.csi.x-k8s.io \"vault\" not found", "FailedMount"),
        hit("pod-log", '"failed to process mount request" err="failed to get objectType:secret, objectName:db, objectVersion:: Failed to refresh the Token for request"'),
        near_miss("pod-log", '"processing mount request" objectType="secret" objectName="db"'),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "tls" : secret "tls" not found', "FailedMount"),
        near_miss("k8s-event", "driver name secrets-store.csi.k8s.io not found in the list of registered CSI drivers", "FailedMount"),
    ),
    versions="Secrets Store CSI driver 0.x and 1.x",
    references=("https://secrets-store-csi-driver.sigs.k8s.io/troubleshooting",),
)
