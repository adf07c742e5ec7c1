"""The hardware slows the CPUs down: heat or weak power."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cpu-thermal-throttling",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node's CPUs are throttled by heat or weak power", "発熱または電源不足により CPU クロックが制限されている"),
    summary=Text(
        "The kernel reports that CPUs run at a reduced clock because they are too hot, or (on small boards) that the supply voltage is too low. The node behaves as if overloaded although the load is normal; under-voltage also corrupts disks.",
        "CPU が高温のためクロックを下げた、または(小型ボードで)電圧が不足しているとカーネルが報告している。負荷は通常なのに過負荷のように振る舞う。電圧不足はディスクの破損も招く。",
    ),
    signatures=(
        Signature(r"temperature above threshold, cpu clock throttled", component="kernel", proof="states", source="arch/x86/kernel/cpu/mce/therm_throt.c"),
        Signature(r"Under-?voltage detected!", component="kernel", proof="states", source="drivers/hwmon/raspberrypi-hwmon.c"),
        Signature(r"critical temperature reached", component="kernel", proof="states", source="drivers/thermal/thermal_core.c"),
    ),
    leads_to=(
        Link("node-cpu-starvation", "node", Text("the CPUs do a fraction of their work", "CPU が本来の一部しか処理できない"), strength=0.6),
        Link("node-rebooted", "node", Text("at the critical temperature the machine switches off", "臨界温度で電源が切れる"), strength=0.2),
        Link("disk-io-errors", "node", Text("a weak supply makes disks and SD cards fail", "電源不足でディスクや SD カードがエラーになる"), strength=0.2),
    ),
    asks=(
        Ask("dmesg -T | grep -E 'throttled|voltage|temperature'; sensors; grep MHz /proc/cpuinfo | head  # on {node}", Text("events that go on, clocks far below nominal", "イベントが継続し、クロックが定格を大きく下回る"),
            ("node-cpu-starvation", "vm-paused-or-steal", "hardware-memory-error"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("drain the node", "ノードを drain する"), Text("its pods move", "Pod が移動する"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "dmesg -T | grep -c throttled  # on {node}", "disruptive"),
        Remedy("permanent", Text("cooling, fans, power supply and cable, BIOS power settings", "冷却・ファン・電源とケーブル・BIOS の電力設定を見直す"), Text("maintenance window", "保守時間が必要"), "", "dmesg -T | grep -cE 'throttled|voltage'  # on {node}", "disruptive"),
    ),
    examples=(
        hit("kernel", "mce: CPU12: Core temperature above threshold, cpu clock throttled (total events = 9123)"),
        hit("kernel", "hwmon hwmon1: Undervoltage detected!"),
        hit("kernel", "rpi_firmware: Under-voltage detected! (0x00050005)"),
        hit("kernel", "thermal thermal_zone0: cpu-thermal: critical temperature reached, shutting down"),
        near_miss("kernel", "mce: CPU12: Core temperature/speed normal"),
        near_miss("kernel", "sched: RT throttling activated"),
    ),
    versions="bare metal and small boards",
    references=("https://docs.kernel.org/admin-guide/thermal/index.html",),
)
