"""Image GC removed the pause image, and it cannot be pulled back."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_SANDBOX_IMAGE = r"(?:failed to get sandbox image|failed pulling image \\*\"[^\"\\]*pause|unable to pull sandbox image|creating pod sandbox with name)(?s:.*)"

MODE = FailureMode(
    id="pause-image-garbage-collected",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the pause image was removed from the node and the runtime has no credentials to pull it again", "pause イメージがノードから削除され、ランタイムには再取得の認証情報が無い"),
    summary=Text(
        "The sandbox image comes from a private registry and was put on the node once, at boot. Image GC or a prune removed it because it was not pinned; the runtime now pulls it by itself, without the kubelet's credentials, and is refused. Running pods go on, no new pod starts on this node.",
        "sandbox イメージは非公開レジストリのもので、起動時に一度だけ取り込まれていた。固定(pin)されていなかったためイメージ GC や prune で消え、ランタイムは kubelet の認証情報なしに取得しようとして拒否される。稼働中の Pod は動き続けるが、このノードで新しい Pod は起動しない。",
    ),
    signatures=(
        Signature(_SANDBOX_IMAGE + r"no basic auth credentials", component="runtime", source="awslabs/amazon-eks-ami issues 1597, 1740"),
        Signature(_SANDBOX_IMAGE + r"401 Unauthorized", component="runtime", source="containerd core/remotes/docker/resolver.go"),
        Signature(_SANDBOX_IMAGE + r"403 Forbidden", component="runtime", source="containerd core/remotes/docker/resolver.go"),
        Signature(_SANDBOX_IMAGE + r"\[manifests [^\]]+\]: 40[13]", component="runtime", source="containerd 1.3 to 1.6"),
        Signature(_SANDBOX_IMAGE + r"authorization token has expired", component="runtime", source="Amazon ECR"),
        Signature(_SANDBOX_IMAGE + r"authentication required", component="runtime", source="distribution registry/api/errcode"),
    ),
    leads_to=(
        Link("sandbox-image-pull-failure", "node", Text("the image is gone, and the runtime's own anonymous pull is refused", "イメージが消えており、ランタイムによる匿名の取得も拒否される"), within=900, strength=0.98),
    ),
    asks=(
        Ask("crictl images | grep -i pause; journalctl -u kubelet --no-pager | grep -E 'Removing image|ImageGC|image_gc_manager'  # on {node}",
            Text("the pause image is not there and image GC has removed images; older pods of this node still run", "pause イメージが無く、イメージ GC による削除の記録がある。このノードの古い Pod は動き続けている"),
            ("sandbox-image-pull-failure", "image-pull-auth", "disk-pressure-eviction"), evidence="kubelet-log"),
        Ask("kubectl get pods -A -o wide --field-selector spec.nodeName={node}", Text("pods that started weeks ago run: the image was there once", "数週間前に起動した Pod が稼働しており、かつてはイメージが存在していた"), ("sandbox-image-pull-failure",), evidence="pod-list"),
    ),
    remedies=(
        Remedy("temporary", Text("pull the image again with credentials, under the configured name (on EKS: restart the sandbox-image unit)", "認証情報を付けて、設定どおりの名前で取得し直す(EKS では sandbox-image ユニットを再起動)"), Text("the next image GC may remove it again", "次のイメージ GC で再び消えることがある"),
               "systemctl restart sandbox-image  # or: ctr -n k8s.io images pull --user USER:TOKEN IMAGE, on {node}", "crictl images | grep pause && crictl pods", "none"),
        Remedy("temporary", Text("replace the node", "ノードを入れ替える"), Text("its pods move", "ノード上の Pod が移動する"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "kubectl get nodes", "disruptive"),
        Remedy("permanent", Text("a runtime that pins the sandbox image (containerd from 1.7.3 / 1.6.22 labels it io.cri-containerd.pinned=pinned, CRI-O pinned_images) with a kubelet from 1.29 that honours it, and enough disk that GC does not run all the time", "sandbox イメージを固定するランタイム(containerd 1.7.3 / 1.6.22 以降、CRI-O の pinned_images)と、それを尊重する kubelet(1.29 以降)に更新し、GC が頻発しないようディスクに余裕を持たせる"), Text("nodes are replaced", "ノードの入れ替えが必要"),
               "ctr -n k8s.io images label IMAGE io.cri-containerd.pinned=pinned  # on {node}", "crictl images --pinned | grep pause", "none"),
    ),
    versions="containerd before 1.6.22 / 1.7.3 (not pinned), kubelets before v1.29 ignore the pin; seen on EKS AMIs of late 2023 and 2024",
    references=(
        "https://github.com/awslabs/amazon-eks-ami/issues/1597",
        "https://github.com/awslabs/amazon-eks-ami/issues/1740",
        "https://github.com/containerd/containerd/issues/6352",
        "https://kubernetes.io/docs/concepts/architecture/garbage-collection/#containers-images",
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "4711.dkr.ecr.eu-west-1.amazonaws.com/eks/pause:3.5": failed to pull image "4711.dkr.ecr.eu-west-1.amazonaws.com/eks/pause:3.5": failed to pull and unpack image "4711.dkr.ecr.eu-west-1.amazonaws.com/eks/pause:3.5": failed to resolve reference "4711.dkr.ecr.eu-west-1.amazonaws.com/eks/pause:3.5": pulling from host 4711.dkr.ecr.eu-west-1.amazonaws.com failed with status code [manifests 3.5]: 401 Unauthorized', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed pulling image "4711.dkr.ecr.eu-west-1.amazonaws.com/eks/pause:3.1-eksbuild.1": Error response from daemon: Get https://4711.dkr.ecr.eu-west-1.amazonaws.com/v2/eks/pause/manifests/3.1-eksbuild.1: no basic auth credentials', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "4711.dkr.ecr.eu-west-1.amazonaws.com/eks/pause:3.10": failed to resolve reference: unexpected status from HEAD request to https://4711.dkr.ecr.eu-west-1.amazonaws.com/v2/eks/pause/manifests/3.10: 403 Forbidden', reason="FailedCreatePodSandBox"),
        hit("containerd", 'RunPodSandbox for &PodSandboxMetadata{Name:web-0,Uid:5fd3,Namespace:shop,Attempt:0,} failed, error error="failed to get sandbox image \\"4711.dkr.ecr.eu-west-1.amazonaws.com/pause:3\\": unexpected status code [manifests 3]: 401 "'),
        hit("kubelet", '"RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to get sandbox image \\"4711.dkr.ecr.eu-west-1.amazonaws.com/pause:3\\": denied: Your authorization token has expired. Reauthenticate and try again."'),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = error creating pod sandbox with name "k8s_web-0_shop_5fd3_0": initializing source docker://registry.example/ocp/pause:1: reading manifest 1 in registry.example/ocp/pause: unauthorized: authentication required', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image "registry.k8s.io/pause:3.8": dial tcp 142.250.1.82:443: i/o timeout', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'Failed to pull image "4711.dkr.ecr.eu-west-1.amazonaws.com/web:2": rpc error: code = Unknown desc = failed to pull and unpack image: failed to resolve reference: pulling from host 4711.dkr.ecr.eu-west-1.amazonaws.com failed with status code [manifests 2]: 401 Unauthorized', reason="Failed"),
        near_miss("kubelet", '"Image garbage collection failed once. Stats initialization may not have completed yet" err="invalid capacity 0 on image filesystem"'),
    ),
)
