"""The image was built for another CPU architecture than the node's."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-arch-mismatch",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image is for another CPU architecture", "イメージの CPU アーキテクチャがノードと合わない"),
    summary=Text(
        "The kernel refuses the program of the image (exec format error) because it is built for another CPU, typically amd64 on an arm64 node or the reverse; or the registry has no variant for this platform. A truncated or empty binary gives the same words.",
        "イメージ内のプログラムが別の CPU 用(多くは arm64 ノードに amd64、またはその逆)のため、カーネルが実行を拒否する(exec format error)。レジストリにこのプラットフォーム用のイメージが無い場合もある。壊れた・空のバイナリでも同じ文言になる。",
    ),
    signatures=(
        Signature(r"exec user process caused:? \\*\"?exec format error", source="opencontainers/runc libcontainer/standard_init_linux.go, before 1.1"),
        Signature(r"(^|[^/])exec [^ :]+: exec format error", source="opencontainers/runc libcontainer/standard_init_linux.go, since 1.1"),
        Signature(r"exec: \\*\"[^\"]+\": exec format error", component="runtime", source="opencontainers/runc, docker"),
        Signature(r"cannot execute binary file: Exec format error", component="app", source="bash execute_cmd.c"),
        Signature(r"no match for platform in manifest", component="runtime", proof="states", source="containerd core/images/image.go"),
        Signature(r"no matching manifest for (linux|windows)/", component="runtime", proof="states", source="moby/moby distribution/pull_v2.go"),
        Signature(r"no image found in (manifest list|image index) for architecture", component="runtime", proof="states", source="containers/image (CRI-O)"),
        Signature(r"requested image's platform \(\S+\) does not match the detected host platform", component="runtime", source="moby/moby daemon/create.go"),
        Signature(r"qemu-\w+(-static)?: Could not open '/lib", component="app", source="qemu linux-user: another architecture runs under emulation"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the exec fails, and the container ends at once with 1 or 255", "exec に失敗し、コンテナは直ちに 1 または 255 で終了する"), strength=0.8),
        Link("container-cannot-run", "pod", Text("the runtime reports the failed exec as a failed start", "ランタイムが exec の失敗を起動失敗として返す"), strength=0.4),
        Link("crash-loop-back-off", "pod", Text("every start on this architecture fails", "このアーキテクチャでは起動が毎回失敗する"), strength=0.9),
        Link("image-pull-back-off", "pod", Text("the registry's index holds no manifest for this platform", "レジストリの索引にこのプラットフォーム用のマニフェストが無い"), strength=0.3),
        Link("init-container-failure", "pod", Text("an init container of the wrong architecture never succeeds", "別アーキテクチャの init コンテナは成功しない"), strength=0.3),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("kubectl get node {node} -o jsonpath='{.status.nodeInfo.architecture}'; docker manifest inspect {image} | grep -A2 architecture",
            Text("the node's architecture is not among those of the image", "ノードのアーキテクチャがイメージの一覧に無い"),
            ("container-command-not-found", "script-interpreter-missing", "image-not-found", "image-store-corrupted", "cpu-instruction-missing"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("keep the pod on nodes of the image's architecture", "イメージのアーキテクチャのノードだけに配置する"),
               Text("the pods move; it needs such nodes with room", "Pod が移動する。該当ノードに空きが必要"),
               "kubectl -n {namespace} patch deployment NAME -p '{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"kubernetes.io/arch\":\"amd64\"}}}}}'", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("publish a multi-architecture image and refer to its index", "マルチアーキテクチャのイメージを公開し、その索引を参照する"),
               Text("builds take longer", "ビルド時間が延びる"), "docker buildx build --platform linux/amd64,linux/arm64 -t {image} --push .", "docker manifest inspect {image}", "none"),
    ),
    references=("https://docs.docker.com/build/building/multi-platform/", "https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch"),
    examples=(
        hit("pod-log", "standard_init_linux.go:219: exec user process caused: exec format error"),
        hit("pod-log", 'standard_init_linux.go:178: exec user process caused "exec format error"'),
        hit("pod-log", "exec /usr/local/bin/api: exec format error"),
        hit("status", 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/srv/api": exec format error: unknown', reason="StartError"),
        hit("pod-log", "/srv/start.sh: line 4: /srv/api: cannot execute binary file: Exec format error"),
        hit("k8s-event", 'Failed to pull image "registry.example/shop/api:3": rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/shop/api:3": no match for platform in manifest: not found', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.example/shop/api:3": rpc error: code = Unknown desc = no matching manifest for linux/arm64/v8 in the manifest list entries', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.example/shop/api:3": choosing image instance: no image found in manifest list for architecture "arm64", variant "v8", OS "linux"', reason="Failed"),
        hit("dockerd", "The requested image's platform (linux/amd64) does not match the detected host platform (linux/arm64/v8) and no specific platform was requested"),
        hit("pod-log", "qemu-x86_64: Could not open '/lib64/ld-linux-x86-64.so.2': No such file or directory"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/shop/api:3": manifest unknown', reason="Failed"),
        near_miss("pod-log", "exec /srv/start.sh: no such file or directory"),
        near_miss("k8s-event", 'Error: OCI runtime create failed: runc create failed: unable to start container process: exec: "api": executable file not found in $PATH: unknown', reason="Failed"),
        near_miss("kubelet", "failed to find plugin: fork/exec /opt/cni/bin/bridge: exec format error"),
        near_miss("pod-log", "Illegal instruction (core dumped)"),
    ),
)
