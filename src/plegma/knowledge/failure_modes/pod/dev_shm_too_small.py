"""The container's /dev/shm is full."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

_SHM = "/dev/shm"  # noqa: S108 - a mount in evidence, no file of ours

MODE = FailureMode(
    id="dev-shm-too-small",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the container's /dev/shm (64 MiB) is too small", "コンテナの /dev/shm(64 MiB)が不足している"),
    summary=Text(
        "The runtime gives each pod a /dev/shm of 64 MiB. Programs that share memory between processes (PostgreSQL, PyTorch data loaders, browsers, Oracle) fill it and fail with ENOSPC or die of SIGBUS (exit 135), although disk and memory limit have room.",
        "ランタイムは各 Pod に 64 MiB の /dev/shm を割り当てる。プロセス間で共有メモリを使うプログラム(PostgreSQL・PyTorch の DataLoader・ブラウザー・Oracle など)がこれを使い切ると、ディスクやメモリ制限に余裕があっても ENOSPC または SIGBUS(exit 135)で失敗する。",
    ),
    signatures=(
        Signature(r"could not resize shared memory segment .{0,80}: No space left on device", component="app", proof="states", source="PostgreSQL dsm_impl.c"),
        Signature(r"out of shared memory\. Please (try to raise|consider increasing)", component="app", proof="states", source="PyTorch DataLoader: /dev/shm"),
        Signature(r"DataLoader worker \(pid\(?s?\)?.{0,40}Bus error", component="app", proof="states", source="PyTorch"),
        Signature(r"['\" ]/dev/shm\S*[:'\"]{1,2} ?.{0,40}[Nn]o space left on device", component="app", proof="states"),
        Signature(r"[Nn]o space left on device.{0,40}/dev/shm", component="app", proof="states"),
        Signature(r"unable to (open|create|write to) shared memory object .{0,80}(No space left|Cannot allocate)", component="app", source="PyTorch, Chromium"),
    ),
    states=(StateTest("Filesystem", {"mount": r"^/dev/shm$", "use_percent": ">=98"}),),
    leads_to=(
        Link("app-error-exit", "pod", Text("the program ends on ENOSPC or SIGBUS", "プログラムが ENOSPC・SIGBUS で終了する"), strength=0.7),
        Link("crash-loop-back-off", "pod", Text("it fails again under the same load", "同じ負荷で再び失敗する"), strength=0.5),
        Link("container-restarting", "pod", Text("the kubelet restarts it each time", "kubelet がそのたびに再起動する"), strength=0.5),
    ),
    asks=(
        Ask("kubectl -n {namespace} exec {pod} -- df -h /dev/shm", Text("64M, full or nearly", "64M で満杯またはそれに近い"), ("app-oomkilled", "hugepages-exhausted", "pod-ephemeral-storage-limit", "run-tmpfs-full"), evidence="disk-usage"),
    ),
    remedies=(
        Remedy("temporary", Text("make the program use less (fewer workers, dynamic_shared_memory_type, --disable-dev-shm-usage)", "使用量を減らす(worker 数、dynamic_shared_memory_type、--disable-dev-shm-usage)"), Text("slower", "遅くなる"), "", "kubectl -n {namespace} exec {pod} -- df -h /dev/shm", "restart"),
        Remedy("permanent", Text("mount an emptyDir with medium Memory and a sizeLimit on /dev/shm (it counts against the memory limit)", "medium: Memory と sizeLimit を指定した emptyDir を /dev/shm にマウントする(メモリ制限に算入される)"), Text("the pod is made anew", "Pod が再作成される"), "kubectl -n {namespace} edit deployment  # volumes: emptyDir medium Memory sizeLimit 1Gi, mounted on /dev/shm", "kubectl -n {namespace} exec {pod} -- df -h /dev/shm", "restart"),
    ),
    examples=(
        hit("pod-log", 'ERROR:  could not resize shared memory segment "/PostgreSQL.1201" to 16777216 bytes: No space left on device'),
        hit("pod-log", "RuntimeError: DataLoader worker (pid 91) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit."),
        hit("pod-log", "OSError: [Errno 28] No space left on device: '/dev/shm/psm_1'"),
        hit("pod-log", "cp: error writing '/dev/shm/x': No space left on device"),
        hit("pod-log", "RuntimeError: unable to open shared memory object </torch_91_1> in read-write mode: No space left on device (28)"),
        near_miss("pod-log", 'ERROR:  could not extend file "base/1/2": No space left on device'),
        near_miss("pod-log", "java.lang.OutOfMemoryError: Java heap space"),
    ),
    state_examples=(
        StateExample("Filesystem", {"mount": _SHM, "use_percent": 100}, True),
        StateExample("Filesystem", {"mount": _SHM, "use_percent": 1}, False),
    ),
    versions="all; 64 MiB is the default of docker, containerd and CRI-O",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",),
)
