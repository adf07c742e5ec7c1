"""The NVIDIA container hook or runtime fails while a GPU container is made."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="nvidia-hook-failed",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the NVIDIA container hook fails", "NVIDIA コンテナフックが失敗する"),
    summary=Text("nvidia-container-cli, called by runc's prestart hook or the nvidia runtime, cannot set up the GPU: driver not installed or not loaded, device name unknown, the image wants a newer CUDA than the driver has, or no answer from the driver. Only GPU pods of the node fail.",
                 "runc の prestart フックや nvidia ランタイムから呼ばれる nvidia-container-cli が GPU を準備できない。ドライバーの未導入・未ロード、不明なデバイス名、イメージがドライバーより新しい CUDA を要求、ドライバーの無応答などである。そのノードの GPU Pod だけが失敗する。"),
    signatures=(
        Signature(r"nvidia-container-cli(?:\.real)?: (?:initialization error|device error|mount error|detection error|ldcache error|driver rpc error|requirement error|container error|input error): ", component="runtime", proof="states", source="NVIDIA/libnvidia-container"),
        Signature(r"load library failed: libnvidia-ml\.so\.\d+: cannot open shared object file", proof="states", source="NVIDIA/libnvidia-container"),
        Signature(r"error running (?:prestart |createRuntime |startContainer )?hook.{0,200}nvidia", component="runtime", source="runc with nvidia-container-runtime-hook"),
        Signature(r"unsatisfied condition: (?:cuda|brand|driver)", component="runtime", proof="states", source="NVIDIA/libnvidia-container"),
        Signature(r"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver", proof="states", source="nvidia-smi"),
    ),
    leads_to=(
        Link("container-cannot-run", "node", Text("the hook's failure ends the create", "フックの失敗で作成が中断する"), strength=0.95),
        Link("crash-loop-back-off", "node", Text("GPU pods fail at each start", "GPU Pod が起動のたびに失敗する"), strength=0.7),
        Link("device-plugin-unhealthy", "node", Text("the device plugin is itself such a pod, or finds no driver", "デバイスプラグイン自体も該当するか、ドライバーを見つけられない"), strength=0.5),
        Link("sandbox-creation-failing", "node", Text("with nvidia as the default runtime the sandbox runs the hook too", "nvidia が既定ランタイムなら sandbox でもフックが動く"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("library and kernel module differ in version", "ライブラリとカーネルモジュールのバージョンが異なる"), mode="gpu-driver-library-mismatch", weight=0.7),
        Refutation(Text("the GPU itself is lost", "GPU 自体が失われている"), mode="gpu-device-lost", weight=0.5),
    ),
    asks=(Ask("nvidia-smi; lsmod | grep nvidia; nvidia-container-cli -k -d /dev/stderr info | tail -20; dkms status  # on {node}", Text("nvidia-smi fails on the node itself, or the CUDA version is below what the image asks for", "ノード上の nvidia-smi が失敗する、または CUDA がイメージの要求より古い"), ("gpu-driver-library-mismatch", "gpu-device-lost", "cdi-device-unresolvable", "runtime-handler-not-configured", "device-plugin-unhealthy"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("load or reinstall the driver for the running kernel", "稼働中のカーネル用にドライバーを読み込むか再インストールする"), Text("GPU pods of the node are interrupted", "ノードの GPU Pod が中断する"), "modprobe nvidia && nvidia-smi  # on {node}", "nvidia-smi", "disruptive"),
        Remedy("permanent", Text("let the GPU operator (or pinned packages with DKMS) keep kernel, driver and toolkit together; choose images whose CUDA the driver supports", "GPU Operator(または固定パッケージと DKMS)でカーネル・ドライバー・toolkit を揃え、ドライバーが対応する CUDA のイメージを選ぶ"), Text("node by node", "1 台ずつ行う"), verify="kubectl describe node {node} | grep nvidia.com/gpu", risk_level="disruptive"),
    ),
    examples=(
        hit("k8s-event", "Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: Auto-detected mode as 'legacy'\nnvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown", reason="Failed"),
        hit("status", "nvidia-container-cli.real: device error: GPU-9f1c: unknown device", reason="StartError"),
        hit("k8s-event", "error running prestart hook #0: exit status 1, stderr: /usr/bin/nvidia-container-runtime-hook failed", reason="Failed"),
        hit("status", "stderr: nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.4, please update your driver to a newer version", reason="StartError"),
        hit("shell", "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running."),
        near_miss("k8s-event", "error running hook #0: error running hook: exit status 1, stdout: , stderr: /opt/hooks/audit: permission denied", reason="Failed"),
        near_miss("kubelet", 'no runtime for "nvidia" is configured'),
    ),
    references=("https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/troubleshooting.html", "https://github.com/NVIDIA/libnvidia-container"),
)
