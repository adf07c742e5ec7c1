"""The pause image cannot be pulled, so no sandbox is made."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sandbox-image-pull-failure",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the node cannot pull the pause (sandbox) image", "ノードが pause(sandbox)イメージを取得できない"),
    summary=Text(
        "Every sandbox starts from the runtime's own pause image, and the node can neither find it locally nor fetch it: no route to the default registry, or a wrong sandbox_image / pause_image. All new pods of the node stop here, host-network and static ones too. The kubelet's --pod-infra-container-image does not change what containerd and CRI-O pull.",
        "全ての sandbox はランタイムが設定する pause イメージから作られるが、ノード上に無く取得もできない。既定レジストリへの経路が無いか、sandbox_image / pause_image の指定が誤っている。hostNetwork や static Pod を含むこのノードの新規 Pod が全て止まる。kubelet の --pod-infra-container-image は containerd / CRI-O の取得先を変えない。",
    ),
    signatures=(
        Signature(r"failed to get sandbox image ", component="runtime", proof="states", source="containerd internal/cri/server/podsandbox/sandbox_run.go"),
        Signature(r"failed pulling image \\*\"[^\"\\]*pause", component="runtime", proof="states", source="pkg/kubelet/dockershim/helpers.go"),
        Signature(r"failed to inspect sandbox image ", component="runtime", source="pkg/kubelet/dockershim/helpers.go: the image's name is no name, or dockerd cannot say"),
        Signature(r"unable to pull sandbox image ", component="runtime", proof="states", source="pkg/kubelet/dockershim/helpers.go"),
        Signature(r"reate pod sandbox: .*failed pulling image ", component="runtime", proof="states", source="pkg/kubelet/dockershim: any name of the image"),
        Signature(r"No such image: \S*pause", component="runtime", source="dockerd, asked by dockershim to create the sandbox"),
        Signature(r"creating pod sandbox with name .*(?:nitializing source|pinging (?:docker|container) registry|reading manifest|pulling image|copying system image)", component="runtime", proof="states", source="CRI-O server/sandbox_run_linux.go; containers/image"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox ends before the network is set up: there is no image to start", "起動すべきイメージが無いため、RunPodSandbox がネットワーク設定より前に失敗する"), within=600, strength=0.98),
    ),
    asks=(
        Ask("crictl images | grep -i pause; containerd config dump | grep -E 'sandbox_image|sandbox ='; grep -r pause_image /etc/crio  # on {node}",
            Text("the configured image is not in the list", "設定されたイメージが一覧に無い"), ("pause-image-garbage-collected", "image-store-corrupted"), evidence="runtime-config"),
        Ask("curl -sSI --max-time 10 https://registry.k8s.io/v2/  # on {node}", Text("no answer from the registry that the setting names", "設定されたレジストリから応答が無い"), ("image-pull-dns-failure", "image-pull-x509", "image-pull-rate-limit", "image-pull-proxy-misconfigured", "image-registry-http-response", "image-registry-unreachable", "image-platform-missing", "image-arch-mismatch")),
    ),
    remedies=(
        Remedy("temporary", Text("bring the image to the node by hand under exactly the configured name", "設定どおりの名前で pause イメージを手動で読み込む"), Text("image GC may remove it again unless it is pinned", "固定(pin)しないとイメージ GC で再び消えることがある"),
               "ctr -n k8s.io images import pause.tar  # on {node}; Docker: docker load -i pause.tar", "crictl images | grep pause && crictl pods", "none"),
        Remedy("permanent", Text("set the runtime's pause image to a registry that the nodes reach (containerd sandbox_image, from 2.x [plugins.'io.containerd.cri.v1.images'.pinned_images] sandbox; CRI-O pause_image) in the node image", "ノードから届くレジストリの pause イメージを設定する(containerd の sandbox_image、2.x では pinned_images.sandbox、CRI-O の pause_image)。ノードイメージに組み込む"), Text("the runtime is restarted; running containers go on", "ランタイムを再起動する。稼働中のコンテナは継続する"),
               "systemctl restart containerd  # or crio, on {node}", "crictl info | grep -i sandboxImage && crictl pods", "restart"),
    ),
    versions="every version; the default was k8s.gcr.io/pause until 2022, registry.k8s.io/pause since",
    references=(
        "https://kubernetes.io/docs/setup/production-environment/container-runtimes/#override-pause-image-containerd",
        "https://github.com/kubernetes/kubernetes/issues/86081",
        "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/",
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image "registry.k8s.io/pause:3.8": failed to pull and unpack image "registry.k8s.io/pause:3.8": failed to resolve reference "registry.k8s.io/pause:3.8": failed to do request: Head "https://europe-west3-docker.pkg.dev/v2/k8s-artifacts-prod/images/pause/manifests/3.8": dial tcp 142.250.1.82:443: i/o timeout', reason="FailedCreatePodSandBox"),
        hit("containerd", 'RunPodSandbox for &PodSandboxMetadata{Name:web-0,Uid:5fd3,Namespace:shop,Attempt:0,} failed, error error="failed to get sandbox image \\"registry.k8s.io/pause:3.8\\": failed to pull image"'),
        hit("k8s-event", 'Failed create pod sandbox: rpc error: code = Unknown desc = failed pulling image "k8s.gcr.io/pause:3.1": Error response from daemon: Get https://k8s.gcr.io/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'RunPodSandbox from runtime service failed: rpc error: code = 2 desc = unable to pull sandbox image "gcr.io/google_containers/pause-amd64:3.0": Error response from daemon: {"message":"Get https://gcr.io/v1/_ping: dial tcp 74.125.1.82:443: i/o timeout"}'),
        hit("k8s-event", 'Failed create pod sandbox: rpc error: code = Unknown desc = error creating pod sandbox with name "k8s_web-0_shop_5fd3_0": Error initializing source docker://k8s.gcr.io/pause:3.2: error pinging docker registry k8s.gcr.io: Get https://k8s.gcr.io/v2/: dial tcp 74.125.1.82:443: i/o timeout', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed create pod sandbox: rpc error: code = Unknown desc = failed pulling image "docker.io/openshift/origin-pod:v3.11": Error response from daemon: Get https://registry-1.docker.io/v2/: dial tcp 54.1.2.3:443: i/o timeout', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed create pod sandbox: rpc error: code = Unknown desc = failed to create a sandbox for pod "web-0": Error: No such image: k8s.gcr.io/pause:3.1', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed create pod sandbox: rpc error: code = Unknown desc = failed to inspect sandbox image "reg.example/pause:3.1\\"": Error response from daemon: no such image: invalid reference format'),
        near_miss("k8s-event", 'Failed to pull image "registry.example/shop/web:1": rpc error: code = Unknown desc = Error response from daemon: Get https://registry.example/v2/: dial tcp 10.3.0.7:443: i/o timeout', reason="Failed"),
        near_miss("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "77aa": plugin type="calico" failed (add)', reason="FailedCreatePodSandBox"),
        near_miss("kubelet", 'Failed to create pod sandbox: open /run/systemd/resolve/resolv.conf: no such file or directory'),
        near_miss("k8s-event", 'Failed to pull image "registry.example/tools/pause-page:2": rpc error: code = Unknown desc = reading manifest 2 in registry.example/tools/pause-page: manifest unknown', reason="Failed"),
    ),
)
