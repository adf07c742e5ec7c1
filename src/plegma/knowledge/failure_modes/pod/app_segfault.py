"""The program crashes by a signal of its own making: SIGSEGV, SIGABRT, SIGBUS."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="app-segfault",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the program crashes (segmentation fault or abort)", "プログラムがクラッシュしている(セグメンテーション違反・abort)"),
    summary=Text(
        "The program touched memory that it may not (exit 139, SIGSEGV), hit a bad mapping (135, SIGBUS) or gave up with abort() (134, SIGABRT): a bug in it or in a native library, a library mix (musl and glibc), or a truncated file. The kernel logs the address.",
        "プログラムが不正なメモリにアクセスした(139、SIGSEGV)、不正なマッピングに触れた(135、SIGBUS)、または abort() で停止した(134、SIGABRT)。プログラムやネイティブライブラリのバグ、ライブラリの混在(musl と glibc)、壊れたファイルなどが原因。カーネルログにアドレスが残る。",
    ),
    signatures=(
        Signature(r"[Ss]egmentation fault", component="app", proof="states", source="shells, glibc"),
        Signature(r"signal SIGSEGV: segmentation violation", component="app", proof="suggests", source="the Go runtime: a nil pointer, which is an ordinary panic, or cgo"),
        Signature(r"#  SIG(SEGV|BUS|ABRT|FPE) \(0x[0-9a-f]+\) at pc=", component="app", proof="states", source="OpenJDK hotspot (hs_err)"),
        Signature(r"\]: segfault at [0-9a-f]+ ip ", component="kernel", proof="suggests", source="Linux arch/x86/mm/fault.c"),
        Signature(r"general protection fault ip:", component="kernel", proof="suggests", source="Linux arch/x86/kernel/traps.c"),
        Signature(r"free\(\): (invalid|double free)", component="app", source="glibc"),
        Signature(r"malloc\(\): (corrupted|invalid|unaligned)", component="app", source="glibc"),
        Signature(r"stack smashing detected", component="app", source="glibc"),
    ),
    states=(
        StateTest("Container", {"last_exit_code": r"^139$"}, proof="states"),
        StateTest("Container", {"exit_code": r"^139$"}, proof="states"),
        StateTest("Container", {"last_exit_code": r"^(134|135|136)$", "last_reason": r"^Error$"}),
        StateTest("Container", {"exit_code": r"^(134|135|136)$", "reason": r"^Error$"}),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the signal ends the process with 128 plus its number", "シグナルによりプロセスが 128+番号のコードで終了する"), strength=0.9),
        Link("container-restarting", "pod", Text("each crash is followed by a restart", "クラッシュのたびに再起動される"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("a crash soon after each start leads to back-off", "起動直後に毎回クラッシュするとバックオフに入る"), strength=0.7),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} logs {pod} --all-containers --previous", Text("a stack trace, or nothing at all", "スタックトレースがある、または何も出ていない"), ("app-exits-nonzero", "app-heap-oom", "cpu-instruction-missing", "seccomp-blocks-syscall", "pid-exhaustion"), evidence="pod-log"),
        Ask("dmesg -T | grep -E 'segfault|general protection'  # on {node}", Text("the program's name and the library in which it crashed", "プログラム名とクラッシュしたライブラリ"), ("app-oomkilled", "cni-plugin-crashed"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("go back to the last image that did not crash", "クラッシュしなかった直前のイメージへ戻す"), Text("the pods are replaced", "Pod が入れ替わる"), "kubectl -n {namespace} rollout undo deployment/NAME", "kubectl -n {namespace} rollout status deployment/NAME", "restart"),
        Remedy("permanent", Text("collect a core dump or stack trace and mend the bug; keep native libraries and the base image of one kind", "コアダンプやスタックトレースを取得してバグを直す。ネイティブライブラリとベースイメージの種類を揃える"), Text("core dumps hold data of the program", "コアダンプにはプログラムのデータが含まれる"), "", "kubectl -n {namespace} get pods", "none"),
    ),
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/",),
    examples=(
        hit("pod-log", "Segmentation fault (core dumped)"),
        hit("pod-log", "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x46e3a1]"),
        hit("pod-log", "#  SIGSEGV (0xb) at pc=0x00007f1c2a3b4c5d, pid=1, tid=14"),
        hit("kernel", "api[4411]: segfault at 18 ip 00007f1c2a3b4c5d sp 00007ffd1c2b3a40 error 4 in libcrypto.so.3[7f1c2a200000+2a0000]"),
        hit("kernel", "traps: api[4411] general protection fault ip:7f1c2a3b4c5d sp:7ffd1c2b3a40 error:0 in libc.so.6[7f1c2a200000+2a0000]"),
        hit("pod-log", "free(): invalid pointer"),
        hit("pod-log", "malloc(): corrupted top size"),
        hit("pod-log", "*** stack smashing detected ***: terminated"),
        near_miss("pod-log", "Illegal instruction (core dumped)"),
        near_miss("status", "", reason="OOMKilled"),
        near_miss("kernel", "Memory cgroup out of memory: Killed process 31077 (java)"),
        near_miss("pod-log", "runtime/cgo: pthread_create failed: Operation not permitted"),
    ),
    state_examples=(
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 139}, True),
        StateExample("Container", {"reason": "Error", "exit_code": 139}, True),
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 134}, True),
        StateExample("Container", {"reason": "Error", "exit_code": 135}, True),
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 137}, False),
        StateExample("Container", {"reason": "Error", "exit_code": 1}, False),
    ),
)
