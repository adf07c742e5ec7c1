"""The program writes to a path that is read-only by the pod's own specification."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="read-only-root-filesystem-write",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the program writes to its read-only root file system (or a read-only mount)", "プログラムが読み取り専用のルートファイルシステム(またはマウント)に書き込もうとしている"),
    summary=Text(
        "readOnlyRootFilesystem: true, a readOnly volumeMount, or a ConfigMap/Secret volume (always read-only) forbids the write, and the program ends with 'Read-only file system'. The node's disk is fine.",
        "readOnlyRootFilesystem: true、readOnly の volumeMount、または常に読み取り専用の ConfigMap / Secret ボリュームへの書き込みが拒否され、プログラムが「Read-only file system」で終了する。ノードのディスクは正常である。",
    ),
    signatures=(
        Signature(r"EROFS: read-only file system, ", component="app", source="node"),
        Signature(r"\[Errno 30\] Read-only file system: '", component="app", source="CPython"),
        Signature(r"(open|mkdir|mkdirat|openat|rename|unlinkat|chmod|chown|create|symlink|write) /(tmp|app|home|etc|opt|srv|data|root|usr|config|cache|workspace|var/(run|log|cache|tmp|www|spool))[^ :]*: read-only file system", component="app", source="the Go standard library (os.PathError)"),
        Signature(r"(mkdir|touch|cp|mv|tee|ln|rm|sed|install|chown|chmod|mktemp|sh|bash): .{0,200}: Read-only file system", component="app", source="coreutils, busybox, shells"),
        Signature(r"failed \(30: Read-only file system\)", component="app", source="nginx"),
        Signature(r"(Exception|IOError).{0,200}Read-only file system", component="app", source="java.io, java.nio"),
        Signature(r"Read-only file system @ (dir_|rb_)", component="app", source="ruby (Errno::EROFS)"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the program cannot write its files and gives up", "ファイルを書けずプログラムが終了する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("every start fails at the same write", "起動のたびに同じ書き込みで失敗する"), strength=0.8),
        Link("init-container-failure", "pod", Text("an init container that writes there fails", "そこへ書き込む init コンテナが失敗する"), strength=0.3),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    refutes=(
        Refutation(Text("the kernel made the node's file system read-only after an error", "カーネルがエラーのためノードのファイルシステムを読み取り専用にした"), pattern=r"[Rr]emounting filesystem read-only", component="kernel", weight=0.8),
        Refutation(Text("the whole node cannot write", "ノード全体が書き込めない"), mode="node-filesystem-readonly", weight=0.7),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.containers[*].securityContext} {.spec.containers[*].volumeMounts}'", Text("readOnlyRootFilesystem: true, or readOnly on the mount", "readOnlyRootFilesystem: true、またはマウントの readOnly"),
            ("node-filesystem-readonly", "volume-permission-denied", "volume-mounted-read-only")),
        Ask("dmesg -T | grep -i 'read-only'  # on {node}", Text("no remount by the kernel", "カーネルによる再マウントが無い"), ("node-filesystem-readonly",), evidence="kernel-log"),
        Ask("kubectl -n {namespace} logs {pod} --all-containers --previous", Text("the path that it wants to write", "書き込もうとしているパス"), ("app-exits-nonzero",), evidence="pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("mount an emptyDir at the path that it writes (/tmp, /var/run, /var/cache/...)", "書き込み先(/tmp、/var/run、/var/cache など)に emptyDir をマウントする"),
               Text("the pods are replaced; what the image holds at that path is hidden", "Pod が入れ替わる。イメージのそのパスの内容は見えなくなる"),
               "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("list the program's writable paths in the chart, send logs to stdout, and test with a read-only root file system", "書き込みパスをチャートに明記し、ログは stdout へ出し、読み取り専用ルートでテストする"),
               Text("none", "なし"), "", "docker run --rm --read-only --tmpfs /tmp {image}", "none"),
    ),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
    examples=(
        hit("pod-log", "Error: EROFS: read-only file system, open '/app/.cache/state.json'"),
        hit("pod-log", "OSError: [Errno 30] Read-only file system: '/app/tmp'"),
        hit("pod-log", "open /tmp/upload-311: read-only file system"),
        hit("pod-log", "mkdir: can't create directory '/var/run/app': Read-only file system"),
        hit("pod-log", 'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)'),
        hit("pod-log", "java.nio.file.FileSystemException: /app/logs/app.log: Read-only file system"),
        hit("pod-log", "Read-only file system @ dir_s_mkdir - /app/tmp/pids (Errno::EROFS)"),
        near_miss("kernel", "EXT4-fs (sda1): Remounting filesystem read-only"),
        near_miss("containerd", "mkdir /var/lib/containerd/io.containerd.runtime.v2.task/k8s.io/4b0c: read-only file system"),
        near_miss("kubelet", "open /var/lib/kubelet/pods/5d2f/etc-hosts: read-only file system"),
        near_miss("status", 'failed to write checkpoint file "kubelet_internal_checkpoint": open /var/lib/kubelet/device-plugins/.41120: read-only file system', reason="UnexpectedAdmissionError"),
        near_miss("pod-log", "mkdir: can't create directory '/data/index': Permission denied"),
        near_miss("pod-log", "open /tmp/upload-311: no space left on device"),
    ),
)
