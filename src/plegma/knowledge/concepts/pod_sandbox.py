"""The pod's shell of namespaces, and the pause container that holds them."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="pod-sandbox",
    title=Text("PodSandbox and the pause container", "PodSandbox と pause コンテナ"),
    what=Text(
        "A PodSandbox is what all containers of a pod share: the network namespace with the pod's IP, the IPC and UTS namespaces, and the pod's cgroup. With runc it is kept alive by the pause container, a process that does nothing but sleep and reap; its image comes from the runtime's own setting (sandbox_image, pause_image), not from the pod. Containers join the sandbox's namespaces when they start, so restarting a container keeps the IP, and a new sandbox means a new IP and a restart of every container.\n"
        "The kubelet makes a new sandbox when, in this order: none is listed; more than one is READY; the newest is not READY; the network namespace mode changed; it has no IP. The event SandboxChanged ('Pod sandbox changed, it will be killed and re-created.') is sent only when an old sandbox stood on record: it never appears for a pod's first sandbox.",
        "PodSandbox は Pod の全コンテナが共有するものを指す。Pod の IP を持つネットワーク名前空間、IPC・UTS 名前空間、Pod の cgroup である。runc では pause コンテナがこれを保持する。眠って子プロセスを回収するだけのプロセスで、イメージは Pod ではなくランタイムの設定(sandbox_image、pause_image)で決まる。コンテナは起動時に sandbox の名前空間へ入るため、コンテナを再起動しても IP は変わらない。sandbox が新しくなると IP が変わり、全コンテナが起動し直される。\n"
        "kubelet が sandbox を作り直す条件は次の順で調べられる。一覧に無い、READY が 2 つ以上ある、最新のものが READY でない、ネットワーク名前空間のモードが変わった、IP が無い。SandboxChanged イベント(Pod sandbox changed, it will be killed and re-created.)は、古い sandbox の記録があるときにだけ出る。最初の sandbox では出ない。",
    ),
    fails=Text(
        "It cannot be made: RunPodSandbox fails on the pause image, the cgroup, the runtime handler or the CNI plugin, and the pod stays in ContainerCreating with FailedCreatePodSandBox. It dies: the pause process is killed (OOM, a prune by hand, the wrong cgroup driver), and running containers lose the namespaces that a restart would need. It cannot be removed: CNI DEL or the runtime fails, and the pod stays Terminating while its IP is not released. Its record outlives it (dockershim's checkpoints): the status of the whole pod fails with 'No such container' although a newer sandbox runs.",
        "(1) 作れない: pause イメージ・cgroup・ランタイムハンドラー・CNI プラグインのいずれかで RunPodSandbox が失敗し、Pod は FailedCreatePodSandBox を出しながら ContainerCreating に留まる。(2) 途中で死ぬ: pause プロセスが OOM、手作業の prune、cgroup ドライバーの不一致などで殺され、動作中のコンテナは再起動に必要な名前空間を失う。(3) 消せない: CNI DEL やランタイムが失敗し、Pod は Terminating のまま IP も解放されない。(4) 記録だけ残る(dockershim のチェックポイント): 新しい sandbox が動いていても「No such container」で Pod 全体の状態取得が失敗する。",
    ),
    look=(
        Look("crictl pods --name {pod}; crictl inspectp {sandbox_id}  # on {node}", Text("how many sandboxes the pod has, their state, attempt and IP", "Pod の sandbox の数と、状態・attempt・IP")),
        Look("docker ps -a --no-trunc --filter name=k8s_POD_{pod}_  # Docker", Text("the same with dockershim; the sandbox is called k8s_POD_...", "dockershim での確認。sandbox の名前は k8s_POD_ で始まる")),
        Look("kubectl -n {namespace} get events --field-selector involvedObject.name={pod}", Text("FailedCreatePodSandBox with the cause; a growing count of SandboxChanged", "FailedCreatePodSandBox とその原因、SandboxChanged の回数の増加")),
    ),
    numbers=(
        Number(Text("deadline of RunPodSandbox", "RunPodSandbox の期限"), "4 m", "staging/src/k8s.io/cri-client/pkg/remote_runtime.go"),
        Number(Text("FailedCreatePodSandBox repeats (an error that comes at once)", "FailedCreatePodSandBox の再発間隔(エラーが直ちに返る場合)"), "12.5–14.5 s", "pkg/kubelet/pod_workers.go"),
        Number(Text("oom_score_adj of the pause container", "pause コンテナの oom_score_adj"), "-998", "containerd: internal/cri/server/podsandbox/helpers.go"),
    ),
    see=("cri", "cni", "dockershim", "runtimeclass", "pod-worker"),
    modes=("pause-container-dead", "netns-missing", "netns-mount-failure", "sandbox-image-pull-failure", "pause-image-garbage-collected"),
    aliases=("sandbox", "pause", "pause container", "infra container", "pod sandbox"),
    references=("https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/kuberuntime/util/util.go",),
)
