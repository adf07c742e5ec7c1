"""Some environment variables of the pod are invalid, skipped or defined twice."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="env-var-invalid",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("environment variables are invalid, skipped or defined twice", "環境変数が不正・無視・重複している"),
    summary=Text(
        "Keys of an envFrom ConfigMap or Secret that are no valid variable names are left out without stopping the pod, a name that is defined twice takes the last value, and an invalid name in env is refused by the API. The program then starts without a setting that its author sees in the manifest.",
        "envFrom の ConfigMap / Secret のうち変数名として不正なキーは、Pod を止めずに無視される。同じ名前を 2 回定義すると最後の値になり、env の不正な名前は API に拒否される。マニフェストにあるはずの設定が無いままプログラムが起動してしまう。",
    ),
    signatures=(
        Signature(r"", component="kubelet", reason=r"InvalidEnvironmentVariableNames|InvalidVariableNames", proof="states", source="pkg/kubelet/kubelet_pods.go makeEnvironmentVariables"),
        Signature(r"were skipped since they are considered invalid environment variable names", component="kubelet", proof="states", source="pkg/kubelet/kubelet_pods.go makeEnvironmentVariables"),
        Signature(r"a valid environment variable name must consist of", proof="states", source="k8s.io/apimachinery util/validation"),
        Signature(r"env\[\d+\]: hides previous definition of ", proof="suggests", source="pkg/api/pod/warnings.go"),
        Signature(r"env\[\d+\]\.valueFrom: Invalid value", proof="states", source="pkg/apis/core/validation/validation.go"),
    ),
    leads_to=(
        Link("app-config-error", "pod", Text("the program misses a setting and ends with a message about it", "設定が足りず、その旨を出力して終了する"), strength=0.4),
        Link("app-error-exit", "pod", Text("the program ends because a setting is missing", "設定不足でプログラムが終了する"), strength=0.4),
        Link("pod-not-created", "pod", Text("the API refuses a specification with an invalid name", "不正な名前を含む仕様を API が拒否する"), strength=0.2),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} exec {pod} -- env | sort", Text("the variable is missing or has another value", "変数が無い、または別の値になっている"), ("app-config-error", "configmap-or-secret-missing", "pod-spec-invalid")),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("an InvalidEnvironmentVariableNames event with the keys", "キーを示す InvalidEnvironmentVariableNames イベント"), (), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("rename the keys (letters, digits and _, not starting with a digit), or map them one by one with env.valueFrom", "キー名を直す(英数字と _、先頭は数字以外)か、env.valueFrom で 1 つずつ対応付ける"), Text("the pods are replaced", "Pod が入れ替わる"),
               "kubectl -n {namespace} edit configmap NAME", "kubectl -n {namespace} exec {pod} -- env", "restart"),
        Remedy("permanent", Text("check names in CI (kubectl apply --dry-run=server, warnings as errors)", "CI で名前を検査する(kubectl apply --dry-run=server、警告をエラーとして扱う)"), Text("none", "なし"), "", "kubectl apply --dry-run=server -f MANIFEST", "none"),
    ),
    versions="since v1.30 (beta since v1.32) almost any printable ASCII name is allowed (RelaxedEnvironmentVariableValidation)",
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions",),
    examples=(
        hit("k8s-event", "Keys [1st-region, db.host] from the EnvFrom configMap shop/api-env were skipped since they are considered invalid environment variable names.", reason="InvalidEnvironmentVariableNames"),
        hit("kubelet", "Keys [1st-region] from the EnvFrom secret shop/api-env were skipped since they are considered invalid environment variable names."),
        hit("shell", "spec.template.spec.containers[0].env[1].name: Invalid value: \"1ST\": a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.'"),
        hit("shell", 'Warning: spec.template.spec.containers[0].env[3]: hides previous definition of "LOG_LEVEL", which may be dropped when using apply'),
        hit("shell", 'The Deployment "api" is invalid: spec.template.spec.containers[0].env[2].valueFrom: Invalid value: "": may not be specified when `value` is not empty'),
        near_miss("pod-log", "fatal: environment variable DB_HOST is required"),
        near_miss("k8s-event", "Error: couldn't find key LOG_LEVEL in ConfigMap shop/api-env", reason="Failed"),
    ),
)
