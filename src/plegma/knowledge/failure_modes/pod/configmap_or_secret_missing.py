"""The pod refers to a ConfigMap or Secret, or a key of one, that does not exist."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="configmap-or-secret-missing",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("a ConfigMap or Secret (or a key in it) that the pod refers to does not exist", "Pod が参照する ConfigMap または Secret(あるいはそのキー)が存在しない"),
    summary=Text(
        "The kubelet cannot build the container's environment (CreateContainerConfigError) or the volume (FailedMount, ContainerCreating), because the object is not in the pod's namespace or lacks the key. It keeps trying and goes on by itself once the object is there.",
        "オブジェクトが Pod の namespace に無い、またはキーが無いため、kubelet が環境変数(CreateContainerConfigError)やボリューム(FailedMount、ContainerCreating)を用意できない。kubelet は再試行を続け、オブジェクトができれば自動的に先へ進む。",
    ),
    signatures=(
        Signature(r"(configmap|secret)s? \\*\"[^\"]+\\*\" not found", component="kubelet", reason=r"Failed|CreateContainerConfigError", proof="states", source="pkg/kubelet/kubelet_pods.go makeEnvironmentVariables"),
        Signature(r"^Error: (configmap|secret)s? \\*\"[^\"]+\\*\" not found", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
        Signature(r"CreateContainerConfigError: .*(configmap|secret)s? \\*\"[^\"]+\" not found", component="kubelet", proof="states", source="pkg/kubelet/pod_workers.go"),
        Signature(r"[Cc]ouldn't find key .* in (Secret|ConfigMap) ", component="kubelet", proof="states", source="pkg/kubelet/kubelet_pods.go"),
        Signature(r"MountVolume\.SetUp failed for volume .*(configmap|secret)s? \\*\"[^\"]+\" not found", component="kubelet", source="pkg/volume/secret/secret.go, pkg/volume/configmap/configmap.go"),
        Signature(r"Unable to mount volumes for pod .{0,200}: (configmap|secret)s? \\*\"[^\"]+\" not found", component="kubelet", source="pkg/kubelet/kubelet.go, to 1.3"),
        Signature(r"Error syncing pod, skipping: (configmap|secret)s? \\*\"[^\"]+\" not found", component="kubelet", source="pkg/kubelet/pod_workers.go, to 1.5"),
        Signature(r"object \\*\"[^\"]+\"/\\*\"[a-jl-np-z0-9][^\"]*\" not registered", component="kubelet", proof="suggests", source="pkg/kubelet/util/manager: for a pod that never started; the certificates kube-root-ca.crt and openshift-service-ca.crt are left out"),
        Signature(r"references non-existent (secret|config) key", component="kubelet", proof="states", source="pkg/volume/secret/secret.go, pkg/volume/configmap/configmap.go"),
    ),
    states=(
        StateTest("Container", {"reason": r"^CreateContainerConfigError$", "message": r"not found|couldn't find key"}, proof="states"),
        StateTest("Pod", {"status": r"^(Init:)?CreateContainerConfigError$"}, proof="suggests"),
    ),
    leads_to=(
        Link("container-config-error", "pod", Text("the environment cannot be put together", "環境変数を組み立てられない"), strength=0.8),
        Link("volume-mount-failing", "pod", Text("the volume has no content to write", "ボリュームに書き込む内容が無い"), strength=0.5),
        Link("pod-stuck-creating", "pod", Text("no container is made until all volumes are set up", "全ボリュームの準備が終わるまでコンテナが作成されない"), strength=0.5),
        Link("pod-not-ready", "pod", Text("the container is never created", "コンテナが作成されない"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the pod had already ended: the kubelet only lost track of its objects", "Pod は既に終了しており、kubelet がオブジェクトの追跡をやめただけである"), mode="benign-terminated-pod-mount-noise", weight=0.4),
        Refutation(Text("the node may not read the object (node authorizer), so it may well exist", "ノードに参照権限が無い(node authorizer)ため、オブジェクトは存在する可能性がある"), pattern=r"no relationship found between node", component="kubelet"),
    ),
    asks=(
        Ask("kubectl -n {namespace} get configmap,secret", Text("the object that the event names is not in the list, or lacks the key", "イベントに出たオブジェクトが一覧に無い、またはキーが無い"), ("run-as-non-root-violation", "benign-terminated-pod-mount-noise", "kubelet-stale-http2-connection", "service-account-missing", "subpath-mount-failure")),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("'secret \"x\" not found' or 'couldn't find key' in the events", "イベントに secret \"x\" not found または couldn't find key がある"), ("volume-mount-failing",), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("create the object or add the key in the pod's namespace; the kubelet retries by itself", "Pod の namespace にオブジェクトを作成、またはキーを追加する(kubelet が自動で再試行する)"),
               Text("a made-up value may let the program start with a wrong setting", "仮の値では誤った設定でプログラムが起動することがある"),
               "kubectl -n {namespace} create secret generic NAME --from-literal=KEY=VALUE", "kubectl -n {namespace} get pod {pod} -w", "none"),
        Remedy("permanent", Text("roll out configuration before (or together with) the workload, validate references in CI, and mark truly optional ones optional: true", "設定をワークロードより先に(または同時に)展開し、参照を CI で検証する。本当に任意のものは optional: true とする"),
               Text("optional references hide a missing setting", "optional にすると設定漏れに気づきにくい"), "", "kubectl -n {namespace} get events --field-selector reason=Failed", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist", "https://kubernetes.io/docs/concepts/configuration/configmap/"),
    examples=(
        hit("k8s-event", 'Unable to mount volumes for pod "api-1_shop(5d2f6c1e)": configmaps "api-env" not found', reason="FailedMount"),
        hit("k8s-event", 'Error syncing pod, skipping: configmaps "api-env" not found', reason="FailedSync"),
        hit("k8s-event", 'Error: secret "db-login" not found', reason="Failed"),
        hit("k8s-event", 'Error: configmaps "api-env" not found', reason="Failed"),
        hit("status", 'configmap "api-env" not found', reason="CreateContainerConfigError"),
        hit("", 'Error: secret "db-login" not found'),
        hit("kubelet", '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"api\\" with CreateContainerConfigError: \\"secret \\\\\\"db-login\\\\\\" not found\\"" pod="shop/api-0"'),
        hit("kubelet", 'Error syncing pod 5d2f6c1e ("api_shop(5d2f6c1e)"), skipping: failed to "StartContainer" for "api" with CreateContainerConfigError: "secrets \\"db-login\\" not found"'),
        hit("kubelet", '"Unhandled Error" err="container api start failed in pod api-0_shop(5d2f6c1e): CreateContainerConfigError: secret \\"db-login\\" not found" logger="UnhandledError"'),
        hit("k8s-event", "Error: couldn't find key password in Secret shop/db-login", reason="Failed"),
        hit("k8s-event", "Error: couldn't find key LOG_LEVEL in ConfigMap shop/api-env", reason="Failed"),
        hit("k8s-event", 'MountVolume.SetUp failed for volume "cfg" : configmap "api-files" not found', reason="FailedMount"),
        hit("kubelet", 'Error: MountVolume.SetUp failed for volume "cfg" (UniqueName: "kubernetes.io/secret/5d2f-cfg") pod "api-0" (UID: "5d2f") : secret "api-tls" not found'),
        hit("k8s-event", 'MountVolume.SetUp failed for volume "cfg" : object "shop"/"api-files" not registered', reason="FailedMount"),
        hit("k8s-event", 'MountVolume.SetUp failed for volume "tls" : references non-existent secret key: tls.key', reason="FailedMount"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "kube-api-access-x2v9q" : object "shop"/"kube-root-ca.crt" not registered', reason="FailedMount"),
        near_miss("kubelet", 'failed to list *v1.Secret: secrets "db-login" is forbidden: User "system:node:w1" cannot list resource "secrets": no relationship found between node \'w1\' and this object'),
        near_miss("k8s-event", "Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.", reason="FailedToRetrieveImagePullSecret"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "cfg" : failed to sync configmap cache: timed out waiting for the condition', reason="FailedMount"),
        near_miss("k8s-event", "Error: container has runAsNonRoot and image will run as root", reason="Failed"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "kube-api-access-x2v9q" : failed to fetch token: serviceaccounts "api" not found', reason="FailedMount"),
    ),
    state_examples=(
        StateExample("Container", {"state": "Waiting", "reason": "CreateContainerConfigError", "message": 'secret "db-login" not found'}, True),
        StateExample("Pod", {"status": "CreateContainerConfigError"}, True),
        StateExample("Container", {"state": "Waiting", "reason": "CreateContainerConfigError", "message": "container has runAsNonRoot and image will run as root"}, False),
        StateExample("Pod", {"status": "CreateContainerError"}, False),
    ),
)
