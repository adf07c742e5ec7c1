"""The image credential provider of the kubelet is missing or fails."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-credential-provider-missing",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubelet image credential provider missing or failing", "kubelet のイメージ認証プロバイダーが欠落または失敗している"),
    summary=Text(
        "--image-credential-provider-bin-dir or the plugin named in the configuration does not exist, so the kubelet ends; or the plugin fails at run time and private images are pulled anonymously.",
        "--image-credential-provider-bin-dir や設定で指定したプラグインが存在せず kubelet が終了する。あるいはプラグインの実行に失敗し、プライベートイメージを匿名で pull してしまう。",
    ),
    signatures=(
        Signature(r"[Ff]ailed to register CRI auth plugins", "kubelet", "states", source="pkg/kubelet/kubelet.go"),
        Signature(r"plugin binary directory \S+ did not exist", "kubelet", "states", source="pkg/credentialprovider/plugin"),
        Signature(r"ailed getting credential from external registry credential provider", "kubelet", "shows", source="pkg/credentialprovider/plugin"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("registration of the plugin fails, the process exits", "プラグインの登録に失敗しプロセスが終了する"), strength=0.5),
        Link("image-pull-auth", "node", Text("images are pulled without credentials", "認証情報なしで pull が行われる"), strength=0.6),
    ),
    asks=(Ask("ps -ef | grep -o 'image-credential-provider[^ ]*'; ls -l <bin dir>; cat <config>", Text("the directory or the executable named in the configuration is absent", "ディレクトリや設定で指定した実行ファイルがない"), ("image-pull-auth", "kubelet-config-invalid", "kubelet-removed-flag"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("install the plugin binary under the name of the configuration and restart the kubelet", "設定どおりの名前でプラグインを配置し、kubelet を再起動する"), Text("restarts the kubelet only", "再起動するのは kubelet のみ"), "systemctl restart kubelet", "systemctl is-active kubelet"),
        Remedy("permanent", Text("ship binary, configuration and flags together in the node image", "バイナリ、設定、フラグをノードイメージにまとめて含める"), Text("none", "なし"), verify="crictl pull <private image>", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"Failed to register CRI auth plugins" err="plugin binary directory /opt/credential-providers did not exist"'),
        hit("kubelet", '"Failed getting credential from external registry credential provider" err="error execing credential provider plugin ecr-credential-provider for image registry.lab.example/web: exit status 1"'),
        near_miss("k8s-event", 'Failed to pull image "registry.lab.example/web:1": no basic auth credentials', "Failed"),
    ),
    versions="v1.20 and later (needed for clouds since v1.26)",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/kubelet-credential-provider/",),
)
