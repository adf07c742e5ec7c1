"""The node's kernel uses a memory page size that the program was not built for."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="page-size-unsupported",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("the program was not built for the node's memory page size", "プログラムがノードのメモリページサイズに対応していない"),
    summary=Text(
        "Arm and POWER kernels come with 4, 16 or 64 KiB pages (Raspberry Pi 5: 16, RHEL 8 and some servers: 64). Programs built for 4 KiB, above all with jemalloc inside, abort at start on such a node although the architecture is right.",
        "Arm・POWER のカーネルには 4・16・64 KiB のページサイズがある(Raspberry Pi 5 は 16、RHEL 8 や一部サーバーは 64)。4 KiB 前提でビルドされたプログラム(特に jemalloc を組み込んだもの)は、アーキテクチャが合っていても起動直後に異常終了する。",
    ),
    signatures=(
        Signature(r"<jemalloc>: Unsupported system page size", proof="states", source="jemalloc pages.c"),
        Signature(r"ELF load command (alignment not page-aligned|address/offset not properly aligned)", proof="states", source="glibc dl-load.c"),
        Signature(r"[Uu]nsupported (system )?page ?size", component="app", proof="shows"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the allocator or loader aborts", "アロケーターやローダーが異常終了する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("it aborts at each start on that node", "そのノードでは起動のたびに異常終了する"), strength=0.9),
    ),
    asks=(
        Ask("getconf PAGESIZE; uname -m  # on {node}", Text("16384 or 65536", "16384 または 65536"), ("image-arch-mismatch", "app-oomkilled")),
    ),
    remedies=(
        Remedy("temporary", Text("run it on a node with 4 KiB pages", "4 KiB ページのノードで動かす"), Text("none", "なし"), "kubectl -n {namespace} get pods -o wide", "getconf PAGESIZE  # on the new node: 4096", "restart"),
        Remedy("permanent", Text("an image built for large pages (jemalloc --with-lg-page=16), or a 4 KiB kernel on the node (Raspberry Pi 5: kernel=kernel8.img)", "大きなページ対応でビルドしたイメージ(jemalloc --with-lg-page=16)を使う、またはノードを 4 KiB カーネルにする(Raspberry Pi 5 は kernel=kernel8.img)"), Text("a reboot for another kernel", "カーネル変更には再起動が必要"), "", "getconf PAGESIZE  # on {node}", "disruptive"),
    ),
    examples=(
        hit("pod-log", "<jemalloc>: Unsupported system page size"),
        hit("pod-log", "error while loading shared libraries: libfoo.so: ELF load command alignment not page-aligned"),
        hit("pod-log", "runtime check: unsupported page size 65536"),
        near_miss("pod-log", "exec /app: exec format error"),
        near_miss("pod-log", "<jemalloc>: Error in malloc(): out of memory"),
    ),
    versions="arm64 and ppc64le nodes",
    references=("https://github.com/jemalloc/jemalloc/issues/467", "https://docs.kernel.org/arch/arm64/memory.html"),
)
