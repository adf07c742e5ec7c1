"""A seccomp filter refuses a system call that the program needs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="seccomp-blocks-syscall",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("a seccomp filter refuses a system call of the container", "seccomp フィルターがコンテナのシステムコールを拒否している"),
    summary=Text(
        "The filter is loaded, and then answers a call with EPERM or kills the process (SIGSYS). Typical: a new libc uses clone3, and an old runtime, libseccomp or profile answers EPERM instead of ENOSYS, so that no thread can be started and the program aborts at once.",
        "フィルターは読み込まれているが、特定のシステムコールを EPERM で拒否する、またはプロセスを SIGSYS で終了させる。典型例は新しい libc が使う clone3 に対し、古いランタイム・libseccomp・プロファイルが ENOSYS ではなく EPERM を返すケースで、スレッドを作れず起動直後に異常終了する。",
    ),
    signatures=(
        Signature(r"pthread_create failed: Operation not permitted", proof="states", source="Go runtime/cgo"),
        Signature(r"pthread_create failed \(EPERM\)", proof="states", source="OpenJDK os_linux.cpp"),
        Signature(r"getaddrinfo\(\) thread failed to start", component="app", source="curl: clone3 refused"),
        Signature(r"\bBad system call( \(core dumped\))?\s*$", component="app", source="shell, strsignal(SIGSYS)"),
        Signature(r"type=(1326|SECCOMP)\b.{0,400}sig=31", component="kernel", proof="states", source="kernel audit: SECCOMP record with SIGSYS"),
        Signature(r"type=(1326|SECCOMP)\b.{0,400}sig=0", component="kernel", proof="suggests", source="kernel audit: SECCOMP record of a logged call"),
        Signature(r"^SIGSYS: bad system call", component="app", source="Go runtime"),
        Signature(r"[Ff]ailed to (create|start) (new )?thread: (Operation not permitted|EPERM)", component="app"),
        Signature(r"(clone3?|unshare|setns|keyctl|io_uring_setup|perf_event_open|userfaultfd)(\(\)|\(\w*\))?( failed)?: Operation not permitted", component="app", proof="suggests"),
        Signature(r"\bclone3\(\{.{0,500}EPERM \(Operation not permitted\)", component="any", source="strace: a profile without clone3 answers EPERM, where ENOSYS would be right"),
        Signature(r"OS can't spawn (?:a new )?worker thread: Operation not permitted", component="app", source="tokio src/runtime: blocking/pool.rs, scheduler/multi_thread"),
        Signature(r"pthread_create: Operation not permitted", source="Chromium base/threading, libc callers"),
        Signature(r"error adding seccomp filter rule for syscall ", component="runtime", proof="states", source="runc libcontainer/seccomp: libseccomp does not take the profile"),
    ),
    states=(
        StateTest("Container", {"last_exit_code": r"^159$"}),
        StateTest("Container", {"exit_code": r"^159$"}),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the program aborts when the call is refused", "システムコールを拒否されたプログラムが異常終了する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("it aborts again at each start", "起動のたびに異常終了する"), strength=0.8),
        Link("container-restarting", "pod", Text("the kubelet restarts the container", "kubelet がコンテナを再起動し続ける"), strength=0.6),
        Link("probe-failing", "pod", Text("the program runs without the refused feature and does not answer", "拒否された機能を使えず応答できない"), strength=0.2),
        Link("container-cannot-run", "pod", Text("a libseccomp older than the profile cannot add its rules, and the runtime does not start the container", "プロファイルより古い libseccomp はルールを追加できず、ランタイムがコンテナを起動できない"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("the thread was refused with EAGAIN: that is a limit, not a filter", "スレッド作成は EAGAIN で拒否されており、フィルターではなく上限による"), pattern=r"pthread_create failed: Resource temporarily unavailable", weight=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{{.spec.securityContext}} {{.spec.containers[*].securityContext}}'; journalctl -k | grep type=1326; runc --version  # the last two on {node}",
            Text("a seccomp profile, an audit record with the refused syscall number (435 is clone3), an old libseccomp", "seccomp プロファイルの指定、拒否されたシステムコール番号の監査ログ(435 は clone3)、古い libseccomp"),
            ("pid-exhaustion", "kernel-bpf-jit-limit", "selinux-denial", "volume-permission-denied", "namespace-limit-reached"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("run the pod with seccompProfile Unconfined to prove it, or with an image of an older libc", "確認のため seccompProfile: Unconfined で動かす、または古い libc のイメージを使う"), Text("less isolation: only for the proof", "隔離が弱まる。確認目的に限る"),
               "kubectl -n {namespace} edit pod {pod}  # its owner's template: securityContext.seccompProfile.type", "kubectl -n {namespace} logs {pod}", "restart"),
        Remedy("permanent", Text("upgrade runtime, runc and libseccomp (clone3 answers ENOSYS from runc 1.0.0-rc93 and docker 20.10.10 on), or add the call to the profile", "ランタイム・runc・libseccomp を更新する(runc 1.0.0-rc93、docker 20.10.10 以降は clone3 に ENOSYS を返す)。またはプロファイルに許可を追加する"),
               Text("containers started before keep the old filter", "更新前に起動したコンテナは古いフィルターのまま"), "", "kubectl -n {namespace} get pod {pod}", "restart"),
    ),
    versions="images with glibc 2.34 or newer on docker before 20.10.10, containerd before 1.5.8 or runc before 1.0.0-rc93",
    references=("https://github.com/moby/moby/pull/42681", "https://kubernetes.io/docs/tutorials/security/seccomp/"),
    examples=(
        hit("pod-log", "runtime/cgo: pthread_create failed: Operation not permitted"),
        hit("pod-log", "[0.012s][warning][os,thread] Failed to start thread \"GC Thread#0\" - pthread_create failed (EPERM) for attributes: stacksize: 1024k, guardsize: 4k, detached."),
        hit("pod-log", "thread 'main' panicked at worker.rs:365: OS can't spawn a new worker thread: Operation not permitted (os error 1)"),
        near_miss("pod-log", "thread 'main' panicked at worker.rs:365: OS can't spawn a new worker thread: Resource temporarily unavailable (os error 11)"),
        hit("pod-log", "curl: (6) getaddrinfo() thread failed to start"),
        hit("pod-log", "/entrypoint.sh: line 12:     7 Bad system call         (core dumped) /usr/bin/worker; Bad system call"),
        hit("kernel", 'audit: type=1326 audit(1700000000.123:88): auid=4294967295 uid=1000 gid=1000 ses=4294967295 pid=4411 comm="worker" exe="/usr/bin/worker" sig=31 arch=c000003e syscall=435 compat=0 ip=0x7f00 code=0x80000000'),
        hit("audit", 'type=SECCOMP msg=audit(1700000000.123:89): auid=4294967295 uid=0 gid=0 pid=4411 comm="worker" exe="/usr/bin/worker" sig=0 arch=c000003e syscall=435 compat=0 ip=0x7f00 code=0x7ffc0000'),
        hit("pod-log", "SIGSYS: bad system call"),
        hit("pod-log", "Failed to create new thread: Operation not permitted"),
        hit("pod-log", "unshare(): Operation not permitted"),
        hit("pod-log", "io_uring_setup() failed: Operation not permitted"),
        hit("shell", "clone3({flags=CLONE_VM|CLONE_FS|CLONE_THREAD, child_tid=0x7f0, exit_signal=0}, 88) = -1 EPERM (Operation not permitted)"),
        hit("pod-log", "[SEVERE]: pthread_create: Operation not permitted (1)"),
        hit("containerd", "OCI runtime create failed: unable to start container process: error adding seccomp filter rule for syscall clone3: permission denied: unknown"),
        near_miss("pod-log", "runtime/cgo: pthread_create failed: Resource temporarily unavailable"),
        near_miss("pod-log", "chown: changing ownership of '/data': Operation not permitted"),
        near_miss("containerd", "error loading seccomp filter into kernel: error loading seccomp filter: errno 524"),
        near_miss("pod-log", "mkdir: cannot create directory '/data': Permission denied"),
    ),
    state_examples=(
        StateExample("Container", {"state": "Waiting", "last_exit_code": 159, "last_reason": "Error"}, True),
        StateExample("Container", {"state": "Terminated", "exit_code": 159}, True),
        StateExample("Container", {"state": "Terminated", "exit_code": 137}, False),
    ),
)
