"""A GPU has fallen off the bus."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="gpu-device-lost",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("a GPU of the node is lost (fallen off the bus)", "ノードの GPU が失われている(fallen off the bus)"),
    summary=Text(
        "The driver can no longer reach the GPU over PCIe: power, heat, a bad riser or a hardware fault. NVML answers \"GPU is lost\" for it until the node is rebooted or power-cycled. The device plugin then fails as a whole, so even pods for the healthy GPUs are rejected.",
        "ドライバーが PCIe 経由で GPU に到達できない(電源、熱、ライザー不良、ハードウェア故障)。再起動または電源断まで NVML は \"GPU is lost\" を返す。デバイスプラグイン全体が失敗するため、正常な GPU を要求する Pod まで拒否される。",
    ),
    signatures=(
        Signature(r"GPU is lost", proof="states", source="NVML: NVML_ERROR_GPU_IS_LOST"),
        Signature(r"GPU has fallen off the bus", component="any", proof="states", source="NVRM Xid 79"),
        Signature(r"fallen off the bus and is not responding to commands", component="any", proof="states", source="open-gpu-kernel-modules nv-pci.c, in two or three lines"),
        Signature(r"NVRM: Xid \(PCI:[^)]*\): 79\b", component="kernel", proof="states", source="NVRM Xid 79"),
        Signature(r"XidCriticalError: Xid=(79|48|74|94|95|119|120)\b", proof="shows", source="NVIDIA k8s-device-plugin internal/rm/health.go"),
        Signature(r"[Uu]nable to determine the device handle for (GPU|gpu)", proof="shows", source="nvidia-smi"),
        Signature(r"NVRM: Xid \(PCI:[^)]*\): (48|62|64|74|92|94|95|119|120|140)\b", component="kernel", source="NVIDIA Xid table: ECC, NVLink, GSP"),
        Signature(r"NVRM: Xid \(PCI:[^)]*\): ", component="kernel", proof="suggests", source="NVRM; many Xids are application faults (13, 31, 43, 45)"),
        Signature(r"RmInitAdapter failed!", component="kernel", proof="shows", source="NVRM"),
    ),
    leads_to=(
        Link("device-plugin-unhealthy", "node", Text("the plugin marks the device, or all of them, unhealthy", "プラグインがそのデバイス(または全デバイス)を unhealthy とする"), strength=0.8),
        Link("pod-rejected", "node", Text("Allocate or GetPreferredAllocation fails, so the kubelet refuses GPU pods", "Allocate・GetPreferredAllocation が失敗し、kubelet が GPU Pod を拒否する"), strength=0.7),
        Link("container-cannot-run", "node", Text("the runtime hook cannot enumerate the GPUs", "ランタイムのフックが GPU を列挙できない"), strength=0.5),
        Link("app-error-exit", "node", Text("processes that use the GPU get errors and exit", "GPU を使うプロセスがエラーで終了する"), strength=0.6),
    ),
    asks=(
        Ask("nvidia-smi; dmesg -T | grep -E 'NVRM|Xid|pcieport|AER'; kubectl -n kube-system logs -l name=nvidia-device-plugin-ds --tail=50  # the first two on {node}",
            Text("nvidia-smi reports a lost GPU, dmesg an Xid 79: hardware; only \"unhealthy\" in the plugin: look at the plugin", "nvidia-smi が lost を報告し dmesg に Xid 79 があればハードウェア。プラグインだけが unhealthy ならプラグインを調べる"),
            ("device-plugin-unhealthy", "gpu-driver-library-mismatch"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("cordon and drain the node, then power-cycle it (a warm reboot may not be enough)", "cordon・drain のうえ電源を入れ直す(ウォームリブートでは戻らないことがある)"), Text("all pods of the node move", "ノード上の全 Pod が移動する"), "kubectl cordon {node} && kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "nvidia-smi -L  # on {node}: every GPU is listed", "disruptive"),
        Remedy("permanent", Text("hardware check (seating, power, cooling, RMA), driver and firmware update, alarm on Xid", "ハードウェア点検(装着・電源・冷却・交換)、ドライバーとファームウェアの更新、Xid の監視"), Text("maintenance window", "保守時間が必要"), "", "dmesg -T | grep -c Xid  # on {node}", "disruptive"),
    ),
    versions="all NVIDIA drivers",
    references=("https://docs.nvidia.com/deploy/xid-errors/", "https://github.com/kubernetes/kubernetes/issues/97131"),
    examples=(
        hit("k8s-event", "Pod Allocate failed due to device plugin GetPreferredAllocation rpc failed with err: rpc error: code = Unknown desc = Unable to retrieve list of available devices: error creating nvml.Device 2: nvml: GPU is lost, which is unexpected", reason="UnexpectedAdmissionError"),
        hit("shell", "Unable to determine the device handle for GPU 0000:3B:00.0: GPU is lost.  Reboot the system to recover this GPU"),
        hit("shell", "Unable to determine the device handle for GPU0000:3B:00.0: Unknown Error"),
        hit("kernel", "NVRM: Xid (PCI:0000:3b:00): 79, pid=0, GPU has fallen off the bus."),
        hit("pod-log", "XidCriticalError: Xid=79 on Device=GPU-1d2c3b4a; marking device as unhealthy."),
        hit("kernel", "NVRM: Xid (PCI:0000:3b:00): 74, pid=1201, NVLink: fatal error detected on link 2"),
        hit("kernel", "NVRM: Xid (PCI:0000:3b:00): 31, pid=1201, Ch 00000008, intr 00000000. MMU Fault: ENGINE GRAPHICS"),
        hit("kernel", "NVRM: RmInitAdapter failed! (0x24:0xffff:1211)"),
        hit("kernel", "NVRM: fallen off the bus and is not responding to commands."),
        hit("kernel", "NVRM: system has fallen off the bus and is not responding to commands."),
        near_miss("kernel", "NVRM: The NVIDIA probe routine failed for 1 device(s)."),
        near_miss("k8s-event", "Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected", reason="UnexpectedAdmissionError"),
        near_miss("shell", "Failed to initialize NVML: Driver/library version mismatch"),
        near_miss("pod-log", "CUDA error: out of memory"),
    ),
)
