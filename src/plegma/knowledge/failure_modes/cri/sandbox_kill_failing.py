"""The pod's containers or its sandbox cannot be stopped."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sandbox-kill-failing",
    layer="cri",
    role="mechanism",
    subject="Pod",
    title=Text("the pod's containers or sandbox cannot be stopped", "Pod のコンテナまたは sandbox を停止できない"),
    summary=Text("StopContainer or StopPodSandbox fails, so the pod cannot end and its sandbox, IP and volumes are not released.", "StopContainer または StopPodSandbox が失敗し、Pod が終了できず sandbox・IP・ボリュームが解放されない。"),
    signatures=(
        Signature(r"KillPodSandboxError|KillContainerError", component="kubelet", source="pkg/kubelet/kubelet_pods.go"),
        Signature(r"^error killing pod: ", component="kubelet", reason="FailedKillPod", source="pkg/kubelet/kubelet.go"),
        Signature(r"StopPodSandbox .{0,120}from runtime service failed(?:\"?$|.{1,9}rpc error: code = [A-MO-Z1-9])", component="kubelet", source="pkg/kubelet/cri/remote/remote_runtime.go; NotFound is passed over there"),
        Signature(r"StopContainer .{0,120}from runtime service failed(?:\"?$|.{1,9}rpc error: code = [A-MO-Z1-9])", component="kubelet", source="pkg/kubelet/cri/remote/remote_runtime.go; NotFound is passed over there"),
        Signature(r"StopPodSandbox for \\*\"[0-9a-f]+\\*\" failed(?:$|.{1,10}rpc error: code = [A-MO-Z1-9]|.{1,10}failed to)", component="runtime", source="containerd pkg/cri/server/instrumented_service.go; NotFound means that it is gone"),
        Signature(r"Failed to stop sandbox before removing|Failed to stop sandbox", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_gc.go"),
    ),
    leads_to=(Link("pod-stuck-terminating", "pod", Text("a pod ends only when its sandbox has been stopped", "sandbox が停止して初めて Pod は終了する"), strength=0.9),),
    asks=(Ask("journalctl -u kubelet --since '{since}' --no-pager | grep -E 'StopPodSandbox|StopContainer|KillPod'", Text("the runtime's words", "ランタイムのエラー文"), evidence="kubelet-log"),),
    examples=(
        hit("k8s-event", 'error killing pod: failed to "KillPodSandbox" for "0b6d" with KillPodSandboxError: "rpc error: code = Unknown desc = networkPlugin cni failed to teardown pod"', reason="FailedKillPod"),
        hit("kubelet", '"StopPodSandbox from runtime service failed" err="rpc error: code = DeadlineExceeded" podSandboxID="77aa01"'),
        hit("kubelet", '"StopContainer from runtime service failed" err="rpc error: code = Unknown desc = unable to signal init: permission denied"'),
        hit("containerd", 'StopPodSandbox for "77aa0101ffee" failed error="failed to destroy network for sandbox"'),
        hit("kubelet", '"Failed to stop sandbox before removing" err="rpc error: code = Unknown"'),
        near_miss("containerd", 'StopPodSandbox for "77aa0101ffee" failed error="rpc error: code = NotFound desc = an error occurred when try to find sandbox"'),
        near_miss("kubelet", '"StopContainer from runtime service failed" err="rpc error: code = NotFound desc = an error occurred when try to find container"'),
        near_miss("kubelet", '"Killing container with a grace period" pod="shop/web-1"'),
    ),
    generic=True,
    concepts=("pod-sandbox",),
)
