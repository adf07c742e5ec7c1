"""The user or group that the container shall run as is not in the image."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-user-unknown",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the user that the container shall run as does not exist in the image", "コンテナの実行ユーザーがイメージの中に存在しない"),
    summary=Text(
        "The image's USER (or a group) is given by name, and the image's /etc/passwd or /etc/group does not know it; the runtime cannot turn the name into a number and refuses to create the container.",
        "イメージの USER(またはグループ)が名前で指定されているのに、イメージの /etc/passwd や /etc/group にその名前が無い。ランタイムは番号に変換できず、コンテナの作成を拒否する。",
    ),
    signatures=(
        Signature(r"unable to find (user|group) .{0,80}no matching entries in (passwd|group) file", component="runtime", proof="states", source="opencontainers/runc libcontainer/user"),
        Signature(r"no users found", component="runtime", reason=r"Failed|CreateContainerError", source="containerd oci/spec_opts.go"),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("the runtime cannot build the process's identity", "ランタイムがプロセスの実行ユーザーを決められない"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("every start fails in the same way", "起動のたびに同じく失敗する"), strength=0.6),
        Link("pod-not-ready", "pod", Text("the container never runs", "コンテナが動かない"), strength=0.7),
    ),
    asks=(
        Ask("docker run --rm --user 0 --entrypoint cat {image} /etc/passwd", Text("the named user is not listed", "指定されたユーザーが載っていない"), ("run-as-non-root-violation", "container-command-not-found", "image-store-corrupted")),
    ),
    remedies=(
        Remedy("temporary", Text("set runAsUser to a number", "runAsUser を数値で指定する"), Text("files of the image must allow that user", "イメージのファイルがそのユーザーに許可されている必要がある"),
               "kubectl -n {namespace} patch deployment NAME -p '{\"spec\":{\"template\":{\"spec\":{\"securityContext\":{\"runAsUser\":10001}}}}}'", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("create the user in the image, and give USER as a number", "イメージ内にユーザーを作成し、USER を数値で書く"), Text("none", "なし"), "", "docker run --rm {image} id", "none"),
    ),
    references=("https://docs.docker.com/reference/dockerfile/#user",),
    examples=(
        hit("k8s-event", "Error: failed to start container \"api\": Error response from daemon: unable to find user app: no matching entries in passwd file", reason="Failed"),
        hit("status", "failed to create containerd task: unable to find group web: no matching entries in group file", reason="CreateContainerError"),
        hit("k8s-event", 'Error: failed to generate container "4b0c" spec: failed to generate spec: no users found', reason="Failed"),
        near_miss("k8s-event", "Error: container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root", reason="Failed"),
        near_miss("pod-log", "whoami: cannot find name for user ID 10001"),
    ),
)
