"""A container ends again and again, and the kubelet waits longer and longer before the next start."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="crash-loop-back-off",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("container in CrashLoopBackOff", "コンテナが CrashLoopBackOff"),
    summary=Text(
        "A container of the pod cannot be started or does not stay up; the kubelet restarts it with a back-off of 10 s that doubles up to 300 s.",
        "Pod のコンテナが起動できない、または起動後すぐに終了する。kubelet は 10 秒から始まり最大 300 秒まで倍増する待ち時間を置いて再起動を繰り返す。",
    ),
    signatures=(
        Signature(r"^Back-off (\d+m?\d*s )?restarting failed container", component="kubelet", reason="BackOff", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"CrashLoopBackOff: \\*\"?[Bb]ack-off ", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"back-off (\d+m?\d*s )?restarting failed container", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
    ),
    states=(
        StateTest("Pod", {"status": r"CrashLoopBackOff"}),
        StateTest("Container", {"reason": r"^CrashLoopBackOff$"}),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the last state's reason, exit code and message, and the events", "Last State の Reason・Exit Code・Message とイベント"), evidence="pod-describe"),
        Ask("kubectl -n {namespace} get pods -o wide", Text("whether other pods of the workload or of the node have the same", "同じワークロードや同じノードの他の Pod にも起きているか"), evidence="pod-list"),
        Ask("kubectl -n {namespace} logs {pod} --all-containers --previous", Text("what the container said before it ended", "コンテナが終了する直前の出力"), evidence="pod-log"),
    ),
    examples=(
        hit("k8s-event", "Back-off restarting failed container collector in pod collector-x7k2p_logging(0b6d1c2e-0000-4000-8000-000000000001)", reason="BackOff"),
        hit("k8s-event", "Back-off restarting failed container", reason="BackOff"),
        hit("k8s-event", "Back-off 5m0s restarting failed container=collector pod=collector-x7k2p_logging(0b6d1c2e-0000-4000-8000-000000000001)", reason="BackOff"),
        hit("kubelet", 'Error syncing pod 0b6d1c2e ("collector_logging(0b6d1c2e)"), skipping: failed to "StartContainer" for "collector" with CrashLoopBackOff: "Back-off 5m0s restarting failed container=collector"'),
        hit("kubelet", '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"app\\" with CrashLoopBackOff: \\"back-off 10s restarting failed container=app pod=app-1_shop(0b6d1c2e)\\"" pod="shop/app-1"'),
        near_miss("k8s-event", 'Back-off pulling image "registry.example/app:1"', reason="BackOff"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "CrashLoopBackOff", "restarts": 12}, True),
        StateExample("Pod", {"status": "Init:CrashLoopBackOff", "restarts": 4}, True),
        StateExample("Pod", {"status": "Running", "restarts": 12}, False),
        StateExample("Container", {"state": "Waiting", "reason": "CrashLoopBackOff"}, True),
        StateExample("Container", {"state": "Waiting", "reason": "ImagePullBackOff"}, False),
    ),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy",),
    concepts=("crash-loop-back-off",),
)
