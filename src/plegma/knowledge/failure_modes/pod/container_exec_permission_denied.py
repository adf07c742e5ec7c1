"""The container's command exists but may not be executed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-exec-permission-denied",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the container's command may not be executed", "コンテナのコマンドに実行権限が無い"),
    summary=Text(
        "The program or script is in the image, but its mode lacks the x bit for the user that the container runs as, its folder cannot be entered, it lies on a noexec mount, or it carries file capabilities that the container may not have (then: operation not permitted).",
        "プログラムやスクリプトはイメージにあるが、実行ユーザーに対する x 権限が無い、フォルダーに入れない、noexec のマウント上にある、またはファイルケーパビリティがコンテナに許されていない(その場合は operation not permitted)。",
    ),
    signatures=(
        Signature(r"create failed: .*[^/]exec: .*: permission denied", component="runtime", proof="states", source="opencontainers/runc (exec.LookPath: EACCES)"),
        Signature(r"starting container process caused .*[^/]exec: .*permission denied", component="runtime", proof="states", source="opencontainers/runc before 1.1"),
        Signature(r"create failed: .*chdir to cwd \(.{0,200}permission denied", component="runtime", proof="states", source="opencontainers/runc: the user may not enter workingDir"),
        Signature(r"create failed: .*open executable: (Permission denied|Operation not permitted)", component="runtime", proof="states", source="containers/crun src/libcrun/linux.c"),
        Signature(r"exec user process caused:? \\*\"?(permission denied|operation not permitted)", source="opencontainers/runc libcontainer/standard_init_linux.go, before 1.1"),
        Signature(r"(^|[^/])exec (/|\./)[^ :]+: (permission denied|operation not permitted)", source="opencontainers/runc libcontainer/standard_init_linux.go, since 1.1"),
        Signature(r"(sh|bash|ash|dash): (\d+: |line \d+: )?\S+: Permission denied$", component="app", proof="suggests", source="bash, dash, busybox: a shell that runs the program"),
    ),
    states=(
        StateTest("Container", {"last_exit_code": r"^126$"}),
        StateTest("Container", {"exit_code": r"^126$"}),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("the kernel refuses the exec, so the runtime cannot start the container", "カーネルが exec を拒否するため、ランタイムが起動できない"), strength=0.9),
        Link("app-error-exit", "pod", Text("a shell inside the container may not run the program and ends with 126", "コンテナ内のシェルがプログラムを実行できず 126 で終了する"), strength=0.5),
        Link("crash-loop-back-off", "pod", Text("every start fails in the same way, so the kubelet backs off", "起動のたびに同じく失敗するため、kubelet がバックオフに入る"), strength=0.9),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("docker run --rm --entrypoint ls {image} -lan /path/of/the/program", Text("no x for the user that the pod runs as", "Pod の実行ユーザーに x 権限が無い"),
            ("container-command-not-found", "script-interpreter-missing", "selinux-denial", "seccomp-blocks-syscall", "volume-permission-denied", "volume-mount-hides-binary")),
    ),
    remedies=(
        Remedy("temporary", Text("run it through its interpreter (command: [\"/bin/sh\", \"script\"]); for a script from a ConfigMap set defaultMode: 0755", "インタープリター経由で起動する(command: [\"/bin/sh\", \"script\"])。ConfigMap のスクリプトなら defaultMode: 0755 を指定する"),
               Text("the pods are replaced", "Pod が入れ替わる"), "", "kubectl -n {namespace} get pod {pod}", "restart"),
        Remedy("permanent", Text("set mode and owner in the image (COPY --chmod=0755), keep the x bit in git (git update-index --chmod=+x), drop needless file capabilities", "イメージ内で権限と所有者を設定し(COPY --chmod=0755)、git でも x ビットを保持する(git update-index --chmod=+x)。不要なファイルケーパビリティは外す"),
               Text("none for the cluster", "クラスターへの影響なし"), "", "docker run --rm --user 1000 {image}", "none"),
    ),
    references=("https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",),
    examples=(
        hit("k8s-event", 'Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/srv/start.sh": permission denied: unknown', reason="Failed"),
        hit("status", 'OCI runtime create failed: container_linux.go:349: starting container process caused "exec: \\"/srv/start.sh\\": permission denied": unknown', reason="ContainerCannotRun"),
        hit("dockerd", 'oci runtime error: container_linux.go:247: starting container process caused "exec: \\"/srv/start.sh\\": permission denied"'),
        hit("k8s-event", 'Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: chdir to cwd ("/root") set in config.json failed: permission denied: unknown', reason="Failed"),
        hit("crio", "container create failed: open executable: Permission denied"),
        hit("pod-log", "standard_init_linux.go:228: exec user process caused: permission denied"),
        hit("pod-log", "exec /srv/start.sh: permission denied"),
        hit("pod-log", "exec /coredns: operation not permitted"),
        hit("pod-log", "/bin/sh: 1: /srv/start.sh: Permission denied"),
        near_miss("k8s-event", 'Error: OCI runtime create failed: runc create failed: unable to start container process: exec: "serve-api": executable file not found in $PATH: unknown', reason="Failed"),
        near_miss("dockerd", 'OCI runtime create failed: container_linux.go:349: starting container process caused "process_linux.go:449: container init caused \\"apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/exec: permission denied\\"": unknown'),
        near_miss("pod-log", "mkdir: cannot create directory '/data/index': Permission denied"),
        near_miss("kubelet", "fork/exec /opt/cni/bin/bridge: permission denied"),
        near_miss("pod-log", "open /data/index.db: permission denied"),
        near_miss("k8s-event", "error killing pod: failed to \"KillContainer\" for \"web\" with KillContainerError: unable to signal init: permission denied", reason="FailedKillPod"),
    ),
    state_examples=(
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 126}, True),
        StateExample("Container", {"reason": "ContainerCannotRun", "exit_code": 126}, True),
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 127}, False),
    ),
)
