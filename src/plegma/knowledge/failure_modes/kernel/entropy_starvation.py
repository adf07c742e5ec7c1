"""Programs wait for random numbers from the kernel."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="entropy-starvation",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the kernel's random number pool is not filled: programs wait at start", "カーネルの乱数プールが初期化されず、プログラムの起動が待たされる"),
    summary=Text(
        "On virtual machines and boards without a hardware generator, and old kernels, getrandom() or /dev/random block until enough entropy was gathered: services, TLS set-up and containers hang for minutes after boot without any error.",
        "ハードウェア乱数源のない VM やボード、古いカーネルでは、十分なエントロピーが集まるまで getrandom()・/dev/random がブロックし、起動後数分間、サービスや TLS、コンテナがエラーなく停止する。",
    ),
    signatures=(
        Signature(r"crypto/rand: blocked for 60 seconds waiting to read random data from the kernel", proof="states", source="Go crypto/rand"),
        Signature(r"uninitialized urandom read", component="kernel", proof="suggests", source="drivers/char/random.c; usual in the first seconds of a boot"),
    ),
    leads_to=(
        Link("probe-failing", "node", Text("applications are not up in time", "アプリケーションの起動が間に合わない"), strength=0.4),
        Link("container-runtime-down", "node", Text("the runtime waits for random data at its start", "ランタイムが起動時に乱数を待つ"), strength=0.3),
        Link("node-not-ready", "node", Text("the kubelet waits for random data at its start", "kubelet が起動時に乱数を待つ"), strength=0.3),
    ),
    asks=(
        Ask("cat /proc/sys/kernel/random/entropy_avail; dmesg -T | grep -E 'crng init|random:'; cat /sys/devices/virtual/misc/hw_random/rng_current  # on {node}", Text("\"crng init done\" minutes after the boot, no hardware generator", "起動の数分後に \"crng init done\"、ハードウェア乱数源なし"), ("node-cpu-starvation", "node-boot-failed"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("start a user-space entropy daemon", "ユーザー空間のエントロピーデーモンを起動する"), Text("none", "なし"), "systemctl start haveged || systemctl start rngd  # on {node}", "cat /proc/sys/kernel/random/entropy_avail  # on {node}", "none"),
        Remedy("permanent", Text("virtio-rng for the virtual machine, kernel 5.6 or newer, random.trust_cpu=on", "VM に virtio-rng を付ける、カーネル 5.6 以降、random.trust_cpu=on"), Text("a reboot", "再起動が必要"), "", "dmesg | grep 'crng init'  # on {node}", "disruptive"),
    ),
    examples=(
        hit("pod-log", "crypto/rand: blocked for 60 seconds waiting to read random data from the kernel"),
        hit("kernel", "random: containerd: uninitialized urandom read (4 bytes read)"),
        near_miss("kernel", "random: crng init done"),
        near_miss("kernel", "random: 7 urandom warning(s) missed due to ratelimiting"),
    ),
    versions="kernels before 5.6 above all",
    references=("https://man7.org/linux/man-pages/man7/random.7.html",),
)
