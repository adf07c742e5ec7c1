"""The script exists, but what its first line names does not."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="script-interpreter-missing",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the start script's interpreter is missing (or the script has CRLF line ends)", "起動スクリプトのインタープリターが無い(または改行が CRLF)"),
    summary=Text(
        "The file that is executed exists, but its '#!' line names a program that the image lacks (bash on Alpine, or 'bash\\r' because of Windows line ends), it has no '#!' line at all, or a binary's dynamic loader is missing (glibc program on musl).",
        "実行するファイルは存在するが、先頭の「#!」行が指すプログラムがイメージに無い(Alpine の bash、Windows 改行による「bash\\r」)、「#!」行そのものが無い、あるいはバイナリの動的ローダーが無い(musl 上の glibc バイナリ)。",
    ),
    signatures=(
        Signature(r"exec user process caused:? \\*\"?no such file or directory", source="opencontainers/runc libcontainer/standard_init_linux.go, before 1.1"),
        Signature(r"(^|[^/])exec (/|\./)[^ :]+: no such file or directory", source="opencontainers/runc libcontainer/standard_init_linux.go, since 1.1"),
        Signature(r": bad interpreter: ", component="app", proof="states", source="bash execute_cmd.c"),
        Signature(r"env: [‘'\"`]?[\w./-]+(\\r)?[’'\"]?: No such file or directory", component="app", source="coreutils and busybox env"),
        Signature(r"env: can't execute '", component="app", source="busybox env"),
        Signature(r"\\r['’\"]?: command not found", component="app", proof="states", source="bash, env: the carriage return shows as \\r"),
        Signature(r"\\r['’\"]?: not found", component="app", proof="states", source="bash, env: the carriage return shows as \\r"),
        Signature(r"\\r['’\"]?: No such file or directory", component="app", proof="states", source="bash, env: the carriage return shows as \\r"),
        Signature(r"\^M: bad interpreter", component="app", proof="states", source="bash"),
        Signature(r"\^M: not found", component="app", proof="states", source="bash"),
        Signature(r"\^M: command not found", component="app", proof="states", source="bash"),
        Signature(r"exec [^ ]+\.(sh|bash|py): exec format error", component="app", proof="suggests", source="kernel ENOEXEC: a script without '#!' line"),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("the kernel cannot load the interpreter, so the start fails", "カーネルがインタープリターを読み込めず、起動に失敗する"), strength=0.5),
        Link("app-error-exit", "pod", Text("runc's init prints the error into the container's log and ends with 1", "runc の init がコンテナのログにエラーを書いて 1 で終了する"), strength=0.7),
        Link("crash-loop-back-off", "pod", Text("every start fails in the same way, so the kubelet backs off", "起動のたびに同じく失敗するため、kubelet がバックオフに入る"), strength=0.9),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("docker run --rm --entrypoint head {image} -c 40 /path/of/the/script | od -c",
            Text("a '#!' line that ends in \\r, or that names a program the image does not have", "「#!」行が \\r で終わる、またはイメージに無いプログラムを指している"),
            ("container-command-not-found", "image-arch-mismatch", "container-exec-permission-denied", "volume-mount-hides-binary")),
    ),
    remedies=(
        Remedy("temporary", Text("start the script through an interpreter that the image has, e.g. command: [\"/bin/sh\", \"/app/start.sh\"]", "イメージにあるインタープリター経由で起動する(例: command: [\"/bin/sh\", \"/app/start.sh\"])"),
               Text("a bash script may not run under sh; CRLF line ends stay a fault", "bash 用スクリプトは sh では動かないことがある。CRLF は残る"), "", "kubectl -n {namespace} get pod {pod}", "restart"),
        Remedy("permanent", Text("store scripts with LF line ends (.gitattributes: *.sh text eol=lf), install the interpreter or link the program statically, and rebuild the image", "スクリプトを LF で保存し(.gitattributes: *.sh text eol=lf)、インタープリターを入れるか静的リンクにしてイメージを作り直す"),
               Text("none for the cluster", "クラスターへの影響なし"), "", "docker run --rm {image}", "none"),
    ),
    references=("https://github.com/opencontainers/runc/blob/main/libcontainer/standard_init_linux.go", "https://docs.github.com/en/get-started/getting-started-with-git/configuring-git-to-handle-line-endings"),
    examples=(
        hit("pod-log", "standard_init_linux.go:228: exec user process caused: no such file or directory"),
        hit("pod-log", 'standard_init_linux.go:190: exec user process caused "no such file or directory"'),
        hit("pod-log", "exec /srv/start.sh: no such file or directory"),
        hit("pod-log", "bash: ./start.sh: /bin/bash^M: bad interpreter: No such file or directory"),
        hit("pod-log", "/usr/bin/env: ‘bash\\r’: No such file or directory"),
        hit("pod-log", "/srv/start.sh: 4: cd\\r: not found"),
        hit("pod-log", "/srv/start.sh: line 4: cd^M: command not found"),
        hit("pod-log", "env: bash: No such file or directory"),
        hit("pod-log", "env: can't execute 'bash': No such file or directory"),
        hit("pod-log", "/srv/start.sh: line 2: $'\\r': command not found"),
        hit("pod-log", "/srv/start.sh: 3: set -e^M: not found"),
        hit("pod-log", "exec /srv/start.sh: exec format error"),
        near_miss("k8s-event", 'Error: OCI runtime create failed: runc create failed: unable to start container process: exec: "/srv/start.sh": stat /srv/start.sh: no such file or directory: unknown', reason="Failed"),
        near_miss("pod-log", "exec /bin/sh: exec format error"),
        near_miss("pod-log", "standard_init_linux.go:228: exec user process caused: exec format error"),
        near_miss("kubelet", "fork/exec /opt/cni/bin/bridge: no such file or directory"),
        near_miss("pod-log", "/bin/sh: 1: serve-api: not found"),
    ),
)
