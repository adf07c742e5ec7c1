"""What the kubelet's log says for each statement of the agent: severity, source line and text, by version.

Read from kubernetes/kubernetes pkg/kubelet at v1.12 and v1.36; the latter's lines were compared with a real node's. A `%` value is quoted as Go quotes it.
"""

from collections.abc import Mapping

OLD: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "added": (("I", "kubelet.go:1836", 'SyncLoop (ADD, "api"): "{pod}_{namespace}({uid})"'),),
    "deleted": (("I", "kubelet.go:1846", 'SyncLoop (DELETE, "api"): "{pod}_{namespace}({uid})"'),),
    "no-sandbox": (("I", "kuberuntime_manager.go:397", 'No sandbox for pod "{pod}_{namespace}({uid})" can be found. Need to start a new one'),),
    "sandbox-changed": (("I", "kuberuntime_manager.go:415", 'No ready sandbox for pod "{pod}_{namespace}({uid})" can be found. Need to start a new one'),),
    "skipping": (("I", "kubelet.go:1786", "skipping pod synchronization - {error}"),),
    "sync-error": (("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: {error}'),),
    "network-not-ready": (("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: network is not ready: [runtime network not ready: {error}]'),),
    "crash-back-off": (("I", "kuberuntime_manager.go:767", "{error}"), ("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: failed to "StartContainer" for "{name}" with CrashLoopBackOff: "{error}"')),
    "pull-back-off": (("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: failed to "StartContainer" for "{name}" with ImagePullBackOff: {error%}'),),
    "pull-failed": (("E", "remote_image.go:108", 'PullImage "{image}" from image service failed: {error}'), ("E", "kuberuntime_image.go:51", 'Pull image "{image}" failed: {error}'), ("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: failed to "StartContainer" for "{name}" with ErrImagePull: {error%}')),
    "sandbox-failed": (("E", "remote_runtime.go:92", "RunPodSandbox from runtime service failed: {error}"), ("E", "kuberuntime_sandbox.go:56", 'CreatePodSandbox for pod "{pod}_{namespace}({uid})" failed: {error}'), ("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: failed to "CreatePodSandbox" for "{pod}_{namespace}({uid})" with CreatePodSandboxError: "CreatePodSandbox for pod \\"{pod}_{namespace}({uid})\\" failed: {error%%}"')),
    "stop-sandbox-failed": (("E", "remote_runtime.go:115", "StopPodSandbox from runtime service failed: {error}"),),
    "kill-failed": (("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: error killing pod: failed to "KillPodSandbox" for "{uid}" with KillPodSandboxError: {error%}'),),
    "create-failed": (("E", "remote_runtime.go:187", "CreateContainer in sandbox from runtime service failed: {error}"), ("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: failed to "StartContainer" for "{name}" with {reason}: {error%}')),
    "start-failed": (("E", "remote_runtime.go:213", "StartContainer from runtime service failed: rpc error: code = Unknown desc = {error}"), ("E", "pod_workers.go:190", 'Error syncing pod {uid} ("{pod}_{namespace}({uid})"), skipping: failed to "StartContainer" for "{name}" with RunContainerError: {error%}')),
    "mount-failed": (("E", "nestedpendingoperations.go:267", 'Operation for "\\"{plugin}/{uid}-{volume}\\" (\\"{uid}\\")" failed. No retries permitted until {until} (durationBeforeRetry {wait}). Error: {error%}'),),
    "probe-failed": (("I", "prober.go:111", '{kind} probe for "{pod}_{namespace}({uid}):{name}" failed (failure): {output}'),),
    "liveness-kill": (("I", "kuberuntime_manager.go:553", 'Container "{name}" ({{"docker" ""}}) of pod {pod}_{namespace}({uid}): Container failed liveness probe.. Container will be killed and recreated.'),),
    "status-failed": (("E", "remote_runtime.go:169", 'PodSandboxStatus "{sandbox}" from runtime service failed: {error}'), ("E", "kuberuntime_manager.go:857", 'PodSandboxStatus of sandbox "{sandbox}" for pod "{pod}_{namespace}({uid})" error: {error}'), ("E", "generic.go:247", "PLEG: Ignoring events for pod {pod}/{namespace}: {error}")),
    "list-failed": (("E", "remote_runtime.go:262", "ListPodSandbox with filter nil from runtime service failed: {error}"), ("E", "kuberuntime_sandbox.go:198", "ListPodSandbox failed: {error}"), ("E", "generic.go:197", "GenericPLEG: Unable to retrieve pods: {error}")),
    "poll-failed": (("E", "remote_runtime.go:332", "Status from runtime service failed: {error}"), ("E", "kubelet.go:2143", "Container runtime sanity check failed: {error}")),
    "network-state": (("E", "kubelet.go:2167", "Container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:{error}"),),
    "node-event": (("I", "kubelet_node_status.go:441", "Recording {event} event message for node {node}"),),
    "node-not-ready": (("I", "setters.go:521", 'Node became not ready: {{Type:Ready Status:False Reason:KubeletNotReady Message:{error}}}'),),
    "pressure": (("W", "eviction_manager.go:329", "eviction manager: attempting to reclaim {message}"),),
    "node-update-given-up": (("E", "kubelet_node_status.go:379", "Unable to update node status: update node status exceeds retry count"),),
    "must-evict": (("I", "eviction_manager.go:340", "eviction manager: must evict pod(s) to reclaim {message}"),),
    "nothing-to-evict": (("I", "eviction_manager.go:390", "eviction manager: unable to evict any pods from the node"),),
    "image-gc": (("I", "image_gc_manager.go:300", "[imageGCManager]: Disk usage on image filesystem is at {percent}% which is over the high threshold ({high}%). Trying to free {bytes} bytes"),),
    "image-gc-failed": (("E", "kubelet.go:1250", "Image garbage collection failed multiple times in a row: {error}"),),
    "removing-image": (("I", "image_gc_manager.go:371", "[imageGCManager]: Removing image {image%} to free {size} bytes"),),
    "gc-RemoveContainer-failed": (("E", "remote_runtime.go:260", "RemoveContainer {id%} from runtime service failed: {error}"), ("E", "kuberuntime_gc.go:126", "Failed to remove container {id%}: {error}"),),
    "gc-StopPodSandbox-failed": (("E", "remote_runtime.go:115", "StopPodSandbox {id%} from runtime service failed: {error}"), ("E", "kuberuntime_gc.go:154", "Failed to stop sandbox {id%} before removing: {error}")),
    "gc-RemovePodSandbox-failed": (("E", "remote_runtime.go:130", "RemovePodSandbox {id%} from runtime service failed: {error}"), ("E", "kuberuntime_gc.go:158", "Failed to remove sandbox {id%}: {error}")),
    "gc-RemoveImage-failed": (("E", "remote_image.go:131", "RemoveImage {id%} from image service failed: {error}"),),
    "evicting": (("I", "eviction_manager.go:563", "eviction manager: pod {pod}_{namespace}({uid}) is evicted successfully"),),
    "lease-failed": (("E", "controller.go:115", "failed to ensure node lease exists, will retry in {interval}, error: {error}"),),
    "node-update-failed": (("E", "kubelet_node_status.go:391", 'Error updating node status, will retry: error getting node "{node}": {error}'),),
    "reflector-failed": (("E", "reflector.go:134", "k8s.io/kubernetes/pkg/kubelet/kubelet.go:442: Failed to list *v1.Service: {error}"),),
    "killing": (("I", "kuberuntime_container.go:553", 'Killing container "docker://{container}" with {grace} second grace period'),),
    "pleg-event": (("I", "kubelet.go:1865", 'SyncLoop (PLEG): "{pod}_{namespace}({uid})", event: &pleg.PodLifecycleEvent{{ID:"{uid}", Type:"{type}", Data:"{data}"}}'),),
    "cleaning-failed": (("E", "remote_runtime.go:262", "ListPodSandbox with filter &PodSandboxFilter{{Id:,State:&PodSandboxStateValue{{State:SANDBOX_READY,}},LabelSelector:map[string]string{{}},}} from runtime service failed: {error}"), ("E", "kubelet_pods.go:1025", "Error listing containers: {error}"), ("E", "kubelet.go:1919", "Failed cleaning pods: {error}")),
    "image-fs-failed": (("E", "remote_image.go:146", "ImageFsInfo from image service failed: {error}"), ("E", "eviction_manager.go:247", "eviction manager: failed to get summary stats: failed to get imageFs stats: {error}")),
    "version-failed": (("E", "remote_runtime.go:69", "Version from runtime service failed: {error}"),),
}  # fmt: skip

POD = 'pod="{namespace}/{pod}"'
NEW: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "added": (("I", "kubelet.go:2724", '"SyncLoop ADD" source="api" pods=["{namespace}/{pod}"]'),),
    "deleted": (("I", "kubelet.go:2740", '"SyncLoop DELETE" source="api" pods=["{namespace}/{pod}"]'),),
    "no-sandbox": (("I", "util.go:34", f'"No sandbox for pod can be found. Need to start a new one" {POD}'),) * 2,
    "sandbox-changed": (("I", "util.go:52", f'"No ready sandbox for pod can be found. Need to start a new one" {POD}'),) * 2,
    "skipping": (("E", "kubelet.go:2661", '"Skipping pod synchronization" err={error%}'),),
    "sync-error": (("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err={{error%}} {POD} podUID="{{uid}}"'),),
    "network-not-ready": (("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="network is not ready: container runtime network not ready: {{error}}" {POD} podUID="{{uid}}"'),),
    "crash-back-off": (("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"{{name}}\\" with CrashLoopBackOff: \\"{{error}}\\"" {POD} podUID="{{uid}}"'),),
    "pull-back-off": (("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"{{name}}\\" with ImagePullBackOff: \\"{{error%%%}}\\"" {POD} podUID="{{uid}}"'),),
    "pull-failed": (("E", "remote_image.go:250", '"PullImage from image service failed" err={error%} image="{image}"'), ("E", "kuberuntime_image.go:43", '"Failed to pull image" err={error%} image="{image}"'), ("E", "kuberuntime_manager.go:1727", '"Unhandled Error" err="container {name} start failed in pod {pod}_{namespace}({uid}): ErrImagePull: {error%%}" logger="UnhandledError"'), ("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"{{name}}\\" with ErrImagePull: \\"{{error%%%}}\\"" {POD} podUID="{{uid}}"')),
    "sandbox-failed": (("E", "remote_runtime.go:237", '"RunPodSandbox from runtime service failed" err={error%}'), ("E", "kuberuntime_sandbox.go:70", f'"Failed to create sandbox for pod" err={{error%}} {POD}'), ("E", "kuberuntime_manager.go:1614", f'"CreatePodSandbox for pod failed" err={{error%}} {POD}'), ("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="failed to \\"CreatePodSandbox\\" for \\"{{pod}}_{{namespace}}({{uid}})\\" with CreatePodSandboxError: \\"Failed to create sandbox for pod \\\\\\"{{pod}}_{{namespace}}({{uid}})\\\\\\": {{error%%%}}\\"" {POD} podUID="{{uid}}"')),
    "stop-sandbox-failed": (("E", "remote_runtime.go:267", '"StopPodSandbox from runtime service failed" err={error%} podSandboxID="{sandbox}"'), ("E", "kuberuntime_manager.go:1967", '"Failed to stop sandbox" podSandboxID={{"Type":"containerd","ID":"{sandbox}"}}')),
    "kill-failed": (("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="{{during}}failed to \\"KillPodSandbox\\" for \\"{{uid}}\\" with KillPodSandboxError: \\"{{error%%%}}\\"" {POD} podUID="{{uid}}"'),),
    "create-failed": (("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"{{name}}\\" with {{reason}}: \\"{{error%%%}}\\"" {POD} podUID="{{uid}}"'),),
    "start-failed": (("E", "log.go:32", '"StartContainer from runtime service failed" err="rpc error: code = Unknown desc = {error%%}"'), ("E", "pod_workers.go:1324", f'"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"{{name}}\\" with RunContainerError: \\"{{error%%%}}\\"" {POD} podUID="{{uid}}"')),
    "mount-failed": (("E", "nestedpendingoperations.go:348", 'Operation for "{{volumeName:{plugin}/{uid}-{volume} podName:{uid} nodeName:}}" failed. No retries permitted until {until} (durationBeforeRetry {wait}). Error: {error}'),),
    "probe-failed": (("I", "prober.go:122", f'"Probe failed" probeType="{{kind}}" {POD} podUID="{{uid}}" containerName="{{name}}" probeResult="failure" output={{output%}}'),),
    "liveness-kill": (("I", "kuberuntime_manager.go:1159", f'"Container failed liveness probe, will be restarted" {POD} containerName="{{name}}"'),),
    "status-failed": (("E", "kuberuntime_manager.go:1820", f'"PodSandboxStatus of sandbox for pod" err={{error%}} podSandboxID="{{sandbox}}" {POD}'),),
    "list-failed": (("E", "remote_runtime.go:347", '"ListPodSandbox with filter from runtime service failed" err={error%} filter=""'), ("E", "generic.go:312", '"GenericPLEG: Unable to retrieve pods" err={error%}')),
    "poll-failed": (("E", "remote_runtime.go:801", '"Status from runtime service failed" err={error%}'), ("E", "kubelet.go:3262", '"Container runtime sanity check failed" err={error%}')),
    "network-state": (("I", "kubelet.go:3277", '"Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:{error}"'),),
    "node-event": (("I", "kubelet_node_status.go:689", '"Recording event message for node" node="{node}" event="{event}"'),),
    "node-not-ready": (("I", "setters.go:547", '"Node became not ready" node="{node}" condition={{"type":"Ready","status":"False","lastHeartbeatTime":"{time}","lastTransitionTime":"{time}","reason":"KubeletNotReady","message":{error%}}}'),),
    "pressure": (("I", "eviction_manager.go:389", '"Eviction manager: attempting to reclaim" resourceName={message%}'),),
    "node-update-given-up": (("E", "kubelet_node_status.go:528", '"Unable to update node status" err="update node status exceeds retry count"'),),
    "must-evict": (("I", "eviction_manager.go:400", '"Eviction manager: must evict pod(s) to reclaim" resourceName={message%}'),),
    "nothing-to-evict": (("I", "eviction_manager.go:459", '"Eviction manager: unable to evict any pods from the node"'),),
    "image-gc": (("I", "image_gc_manager.go:389", '"Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold" usage={percent} highThreshold={high} amountToFree={bytes} lowThreshold={low}'),),
    "image-gc-failed": (("E", "kubelet.go:1743", '"Image garbage collection failed multiple times in a row" err={error%}'),),
    "removing-image": (("I", "image_gc_manager.go:494", '"Removing image to free bytes" imageID={image%} size={size} runtimeHandler=""'),),
    "gc-RemoveContainer-failed": (("E", "log.go:32", '"RemoveContainer from runtime service failed" err={error%} containerID={id%}'), ("E", "kuberuntime_gc.go:150", '"Failed to remove container" err={error%} containerID={id%}'),),
    "gc-StopPodSandbox-failed": (("E", "log.go:32", '"StopPodSandbox from runtime service failed" err={error%} podSandboxID={id%}'), ("E", "kuberuntime_gc.go:180", '"Failed to stop sandbox before removing" err={error%} sandboxID={id%}')),
    "gc-RemovePodSandbox-failed": (("E", "log.go:32", '"RemovePodSandbox from runtime service failed" err={error%} podSandboxID={id%}'), ("E", "kuberuntime_gc.go:184", '"Failed to remove sandbox" err={error%} sandboxID={id%}')),
    "gc-RemoveImage-failed": (("E", "log.go:32", '"RemoveImage from image service failed" err={error%} image={id%}'),),
    "evicting": (("I", "eviction_manager.go:637", f'"Eviction manager: pod is evicted successfully" {POD}'),),
    "lease-failed": (("E", "controller.go:201", '"Failed to ensure lease exists, will retry" err={error%} interval={interval%}'),),
    "node-update-failed": (("E", "kubelet_node_status.go:540", '"Error updating node status, will retry" err="error getting node \\"{node}\\": {error%%}"'),),
    "reflector-failed": (("E", "reflector.go:205", '"Failed to watch" err={error%} reflector="k8s.io/client-go/informers/factory.go:160" type="*v1.Service"'),),
    "killing": (("I", "kuberuntime_container.go:915", f'"Killing container with a grace period" {POD} podUID="{{uid}}" containerName="{{name}}" containerID="containerd://{{container}}" gracePeriod={{grace}}'),),
    "pleg-event": (("I", "kubelet.go:2752", f'"SyncLoop (PLEG): event for pod" {POD} event={{{{"ID":"{{uid}}","Type":"{{type}}","Data":"{{data}}"}}}}'),),
    "cleaning-failed": (("E", "remote_runtime.go:347", '"ListPodSandbox with filter from runtime service failed" err={error%} filter="state:{{}}"'), ("E", "kubelet_pods.go:1277", '"Error listing containers" err={error%}'), ("E", "kubelet.go:2820", '"Failed cleaning pods" err={error%}')),
    "cleaning-slow": (("E", "kubelet.go:2824", '"Housekeeping took longer than expected" err="housekeeping took too long" expected="1s" actual="{took}"'),),
    "log-rotation-failed": (("E", "remote_runtime.go:506", '"ListContainers with filter from runtime service failed" err={error%} filter=""'), ("E", "container_log_manager.go:154", '"Failed to rotate container logs" err="failed to list containers: {error%%}"')),
    "image-fs-failed": (("E", "remote_image.go:303", '"ImageFsInfo from image service failed" err={error%}'), ("E", "eviction_manager.go:297", '"Eviction manager: failed to get summary stats" err="failed to get imageFs stats: {error%%}"')),
    "version-failed": (("E", "remote_runtime.go:192", '"Version from runtime service failed" err={error%}'),),
}  # fmt: skip


def quoted(text: str) -> str:
    """As Go's %q."""
    return '"' + inner(text) + '"'


def inner(text: str) -> str:
    """Escaped as inside Go's %q."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def render(template: str, values: Mapping[str, str]) -> str:
    """Fills a template: {x} plain, {x%} quoted, {x%%} escaped once, {x%%%} twice."""
    for name, value in values.items():
        for mark, form in (("%%%", inner(inner(value))), ("%%", inner(value)), ("%", quoted(value)), ("", value)):
            template = template.replace("{" + name + mark + "}", form)
    return template.replace("{{", "{").replace("}}", "}")
