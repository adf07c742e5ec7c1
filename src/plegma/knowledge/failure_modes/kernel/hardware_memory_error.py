"""The hardware reports memory or CPU errors."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="hardware-memory-error",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the hardware reports memory or CPU errors (MCE, EDAC)", "ハードウェアがメモリ・CPU のエラーを報告している(MCE / EDAC)"),
    summary=Text(
        "A machine check was raised. Corrected errors (CE) are a warning: a memory module is going bad. Uncorrected ones (UE) kill the process whose page was hit, or panic the machine: crashes and reboots without any cause in software.",
        "マシンチェック例外が発生した。訂正済みエラー(CE)はメモリモジュール劣化の前兆。訂正不能エラー(UE)は該当ページを使うプロセスを強制終了させるかマシンを panic させ、ソフトウェアに原因のないクラッシュや再起動として現れる。",
    ),
    signatures=(
        Signature(r"\[Hardware Error\]: CPU \d+: Machine Check( Exception)?: ", component="kernel", proof="states", source="arch/x86/kernel/cpu/mce/core.c"),
        Signature(r"[Ff]atal [Mm]achine check", component="kernel", proof="states", source="arch/x86/kernel/cpu/mce/core.c"),
        Signature(r"EDAC \S+: \d+ UE ", component="kernel", proof="states", source="drivers/edac/edac_mc.c"),
        Signature(r"EDAC \S+: \d+ CE ", component="kernel", proof="suggests", source="drivers/edac/edac_mc.c"),
        Signature(r"Memory failure: 0x[0-9a-f]+: ", component="kernel", proof="states", source="mm/memory-failure.c"),
        Signature(r"Uncorrected hardware memory error", component="kernel", proof="states", source="arch/x86/kernel/cpu/mce"),
        Signature(r"due to hardware memory corruption", component="kernel", proof="states", source="mm/memory-failure.c"),
        Signature(r"Hardware error from APEI Generic Hardware Error Source", component="kernel", source="drivers/acpi/apei/ghes.c"),
        Signature(r"\[Hardware Error\]: Machine check events logged", component="kernel", proof="suggests", source="arch/x86/kernel/cpu/mce/core.c"),
        Signature(r"\b[CU]E memory read error", reason=r"MemoryReadError|CperHardwareError\w*", proof="shows", source="node-problem-detector config/kernel-monitor.json"),
        Signature(r"PCIe Bus Error: severity=Uncorrect", component="kernel", source="drivers/pci/pcie/aer.c"),
    ),
    leads_to=(
        Link("kernel-panic", "node", Text("an uncorrected error in kernel memory panics the machine", "カーネルメモリの訂正不能エラーで panic する"), strength=0.5),
        Link("node-rebooted", "node", Text("the firmware resets the machine", "ファームウェアがマシンをリセットする"), strength=0.5),
        Link("container-restarting", "node", Text("the process whose page was hit is killed (SIGBUS)", "該当ページを使うプロセスが SIGBUS で終了する"), strength=0.3),
        Link("app-error-exit", "node", Text("the process whose page was hit is killed (SIGBUS, exit 135)", "該当ページを使うプロセスが SIGBUS(exit 135)で終了する"), strength=0.3),
    ),
    asks=(
        Ask("ras-mc-ctl --summary; ras-mc-ctl --errors | tail; edac-util -v; ipmitool sel list | tail  # on {node}", Text("errors on one module or slot, rising", "特定のモジュール・スロットでエラーが増加している"),
            ("kernel-panic", "node-memory-starvation", "cpu-thermal-throttling"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("cordon and drain the node", "ノードを cordon・drain する"), Text("its pods move", "Pod が移動する"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("replace the module or board (cloud: stop and start the instance, so that it moves to another host); rasdaemon and an alarm", "モジュール・ボードを交換する(クラウドでは停止・起動で別ホストへ移す)。rasdaemon と監視を入れる"), Text("maintenance window", "保守時間が必要"), "", "ras-mc-ctl --summary  # on {node}, a week later", "disruptive"),
    ),
    examples=(
        hit("kernel", "mce: [Hardware Error]: CPU 12: Machine Check Exception: 5 Bank 7: be00000000800400"),
        hit("kernel", "Kernel panic - not syncing: Fatal machine check"),
        hit("kernel", "EDAC MC0: 1 UE memory read error on CPU_SrcID#0_MC#0_Chan#1_DIMM#0 (channel:1 slot:0 page:0x1)"),
        hit("kernel", "EDAC MC1: 1 CE memory read error on CPU_SrcID#1_Ha#0_Chan#2_DIMM#0 (channel:2 slot:0 page:0x1)"),
        hit("kernel", "Memory failure: 0x12ab34: recovery action for dirty LRU page: Recovered"),
        hit("kernel", "mce: Uncorrected hardware memory error in user-access at 12ab34000"),
        hit("kernel", "MCE 0x12ab34: Killing java:20311 due to hardware memory corruption fault at 7f00"),
        hit("kernel", "{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 4"),
        hit("kernel", "mce: [Hardware Error]: Machine check events logged"),
        hit("k8s-event", "EDAC MC1: 1 CE memory read error on CPU_SrcID#1", reason="MemoryReadError"),
        hit("kernel", "pcieport 0000:00:1c.0: PCIe Bus Error: severity=Uncorrected (Fatal), type=Transaction Layer"),
        near_miss("kernel", "EDAC MC0: Giving out device to module skx_edac controller Skylake Socket#0 IMC#0"),
        near_miss("kernel", "mce: CPU0: Thermal monitoring enabled (TM1)"),
        near_miss("kernel", "pcieport 0000:00:1c.0: AER: Corrected error received: 0000:00:1c.0"),
    ),
    versions="bare metal; in clouds seldom visible to the guest",
    references=("https://docs.kernel.org/admin-guide/RAS/main.html",),
)
