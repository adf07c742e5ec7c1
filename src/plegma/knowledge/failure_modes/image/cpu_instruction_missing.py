"""The image needs CPU instructions that the node's (virtual) CPU does not have."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cpu-instruction-missing",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image needs CPU instructions that the node lacks", "イメージが必要とする CPU 命令をノードの CPU が持っていない"),
    summary=Text(
        "Architecture and image agree, but the program is built for a newer level (x86-64-v2, AVX, newer ARM) than the node's CPU, or than the hypervisor shows (qemu64/kvm64): exit 132, 'Illegal instruction', or a glibc message. Some nodes run it, others do not.",
        "アーキテクチャは合っているが、プログラムがノードの CPU(またはハイパーバイザーが見せる CPU、qemu64 / kvm64 など)より新しい水準(x86-64-v2、AVX、新しい ARM)向けに作られている。終了コード 132、「Illegal instruction」、または glibc のメッセージが出る。動くノードと動かないノードがある。",
    ),
    signatures=(
        Signature(r"CPU does not support x86-64-v", component="app", proof="states", source="glibc sysdeps/x86"),
        Signature(r"Illegal instruction", component="app", proof="states", source="shells, glibc"),
        Signature(r"signal SIGILL: illegal instruction", component="app", proof="states", source="the Go runtime"),
        Signature(r"trap invalid opcode ip:", component="kernel", source="Linux arch/x86/kernel/traps.c"),
        Signature(r"\bexit(?:ed with)? (?:code|status):? 132\b", proof="suggests", source="128 and SIGILL, as runners of containers report it"),
        Signature(r"requires a CPU with AVX support", component="app", proof="states", source="MongoDB 5.0 docker-entrypoint"),
    ),
    states=(
        StateTest("Container", {"last_exit_code": r"^132$"}, proof="states"),
        StateTest("Container", {"exit_code": r"^132$"}, proof="states"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the illegal instruction ends the process (SIGILL)", "不正命令によりプロセスが終了する(SIGILL)"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("every start on this CPU fails", "この CPU では起動が毎回失敗する"), strength=0.9),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("lscpu | grep -E 'Model name|Flags'  # on {node}", Text("the flag (avx, sse4_2, ...) is missing", "必要なフラグ(avx、sse4_2 など)が無い"), ("image-arch-mismatch", "app-segfault", "app-exits-nonzero")),
    ),
    remedies=(
        Remedy("temporary", Text("place the pod on nodes whose CPU has the instructions, or use an older or compatible image", "命令を持つ CPU のノードに配置する、または古い・互換のイメージを使う"), Text("the pods move", "Pod が移動する"),
               "kubectl -n {namespace} patch deployment NAME -p '{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"cpu-level\":\"v3\"}}}}}'", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("let the hypervisor pass the host's CPU (host-passthrough), label nodes by CPU level, build for the oldest level in use", "ハイパーバイザーで host-passthrough を使い、CPU 水準でノードにラベルを付け、最も古い水準に合わせてビルドする"), Text("a change of the virtual CPU needs a reboot and limits live migration", "仮想 CPU の変更には再起動が必要で、ライブマイグレーションが制限される"), "", "kubectl -n {namespace} get pods", "disruptive"),
    ),
    references=("https://www.mongodb.com/docs/manual/administration/production-notes/#x86_64",),
    examples=(
        hit("pod-log", "Fatal glibc error: CPU does not support x86-64-v2"),
        hit("pod-log", "/entrypoint.sh: line 9:    11 Illegal instruction     (core dumped) mongod"),
        hit("pod-log", "SIGILL: illegal instruction [signal SIGILL: illegal instruction code=0x2 addr=0x46e3a1]"),
        hit("kernel", "traps: mongod[4411] trap invalid opcode ip:55d2c1a3b4c5 sp:7ffd1c2b3a40 error:0 in mongod[55d2be000000+5b0a000]"),
        hit("pod-log", "WARNING: MongoDB 5.0+ requires a CPU with AVX support, and your current system does not appear to have that!"),
        hit("pod-log", "container failed with non-zero exit code: 132"),
        near_miss("pod-log", "container failed with non-zero exit code: 1"),
        near_miss("pod-log", "exec /usr/bin/mongod: exec format error"),
        near_miss("pod-log", "Segmentation fault (core dumped)"),
    ),
    state_examples=(
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 132}, True),
        StateExample("Container", {"reason": "Error", "exit_code": 132}, True),
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 139}, False),
    ),
)
