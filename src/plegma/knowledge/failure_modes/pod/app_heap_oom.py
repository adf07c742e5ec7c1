"""The program's own runtime ran out of heap; the kernel had no part in it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="app-heap-oom",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the language runtime ran out of heap (OutOfMemoryError)", "言語ランタイムのヒープが不足した(OutOfMemoryError)"),
    summary=Text(
        "The JVM, node, PHP or another runtime reached the heap limit that it set itself, below or apart from the container's limit, and ended with an error (exit 1, 3, 134, 255): not OOMKilled, nothing in dmesg.",
        "JVM・node・PHP などのランタイムが、コンテナの limit とは別に自ら定めたヒープ上限に達し、エラーで終了した(終了コード 1・3・134・255 など)。OOMKilled ではなく、dmesg にも何も出ない。",
    ),
    signatures=(
        Signature(r"OutOfMemoryError: (Java heap space|GC overhead limit exceeded|Metaspace|Compressed class space|Direct buffer memory|Requested array size)", component="app", proof="states", source="OpenJDK hotspot"),
        Signature(r"Cannot reserve \d+ bytes of direct buffer memory", component="app", proof="states", source="OpenJDK java.nio.Bits"),
        Signature(r"JavaScript heap out of memory", component="app", proof="states", source="V8"),
        Signature(r"<--- Last few GCs --->", component="app", proof="states", source="V8 src/api: printed when it gives up for want of heap"),
        Signature(r"Allowed memory size of \d+ bytes exhausted", component="app", proof="states", source="PHP"),
        Signature(r"There is insufficient memory for the Java Runtime Environment to continue", component="app", source="OpenJDK hotspot: native memory"),
        Signature(r"fatal error: runtime: (out of memory|cannot allocate memory)", component="app", source="the Go runtime"),
        Signature(r"System\.OutOfMemoryException", component="app", source=".NET"),
        Signature(r"^MemoryError", component="app", proof="suggests", source="CPython, C++, ruby"),
        Signature(r"std::bad_alloc", component="app", proof="suggests", source="CPython, C++, ruby"),
        Signature(r"NoMemoryError", component="app", proof="suggests", source="CPython, C++, ruby"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the runtime aborts or throws, and the program ends with an error", "ランタイムが異常終了または例外を投げ、プログラムがエラーで終了する"), strength=0.8),
        Link("container-restarting", "pod", Text("the heap fills again after each start", "起動のたびにヒープが再び一杯になる"), strength=0.7),
        Link("crash-loop-back-off", "pod", Text("when the heap is full soon after start, the container ends up in back-off", "起動直後にヒープが不足すると、バックオフに入る"), strength=0.5),
        Link("liveness-probe-kill", "pod", Text("long garbage collections before the end let probes time out", "終了前の長い GC によりプローブがタイムアウトする"), strength=0.3),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} logs {pod} --all-containers --previous", Text("OutOfMemoryError or 'heap out of memory' near the end", "末尾付近に OutOfMemoryError や heap out of memory がある"), ("app-exits-nonzero", "app-oomkilled", "pid-exhaustion"), evidence="pod-log"),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("last state Error, not OOMKilled; -Xmx or --max-old-space-size against limits.memory", "Last State が OOMKilled ではなく Error。-Xmx や --max-old-space-size と limits.memory の関係"), ("app-oomkilled", "node-memory-starvation"), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("raise the heap and the container's limit together (about three quarters of the limit for the heap)", "ヒープとコンテナの limit を一緒に引き上げる(ヒープは limit の約 4 分の 3)"), Text("a heap near the limit turns this into OOMKilled", "limit に近いヒープでは OOMKilled に変わる"),
               "kubectl -n {namespace} set env deployment/NAME JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=75", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("write a heap dump (-XX:+HeapDumpOnOutOfMemoryError to a volume), find the leak; -XX:+ExitOnOutOfMemoryError so that it does not limp on", "ヒープダンプ(-XX:+HeapDumpOnOutOfMemoryError、出力先はボリューム)でリークを特定する。半死状態を避けるため -XX:+ExitOnOutOfMemoryError を付ける"), Text("a heap dump needs disk as large as the heap", "ヒープダンプにはヒープと同程度のディスクが要る"), "", "kubectl -n {namespace} top pod {pod} --containers", "none"),
    ),
    references=("https://docs.oracle.com/en/java/javase/17/troubleshoot/troubleshooting-memory-leaks.html", "https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-megabytes"),
    examples=(
        hit("pod-log", 'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space'),
        hit("pod-log", "Terminating due to java.lang.OutOfMemoryError: GC overhead limit exceeded"),
        hit("pod-log", "java.lang.OutOfMemoryError: Cannot reserve 16777216 bytes of direct buffer memory (allocated: 251658240, limit: 268435456)"),
        hit("pod-log", "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory"),
        hit("pod-log", "PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)"),
        hit("pod-log", "# There is insufficient memory for the Java Runtime Environment to continue."),
        hit("pod-log", "fatal error: runtime: out of memory"),
        hit("pod-log", "Unhandled exception. System.OutOfMemoryException: Array dimensions exceeded supported range."),
        hit("pod-log", "terminate called after throwing an instance of 'std::bad_alloc'"),
        hit("pod-log", "app.rb:4:in `*': failed to allocate memory (NoMemoryError)"),
        hit("pod-log", "MemoryError"),
        hit("pod-log", "<--- Last few GCs --->"),
        near_miss("pod-log", "[1:0x5510430]  9018 ms: Scavenge 510.5 (520.7) -> 510.2 (521.4) MB, 5.1 / 0.0 ms"),
        near_miss("pod-log", "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached"),
        near_miss("status", "", reason="OOMKilled"),
        near_miss("kernel", "Memory cgroup out of memory: Killed process 31077 (java)"),
        near_miss("pod-log", "fork: Cannot allocate memory"),
    ),
)
