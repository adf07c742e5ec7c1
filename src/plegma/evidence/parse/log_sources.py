"""Who wrote a line that names no program: by klog's source file, or by words that only one program uses."""

import re

from plegma.evidence.parse.log_bodies import Body

_FILES = {
    "kubelet": """
        kubelet.go pod_workers.go kuberuntime_manager.go kuberuntime_sandbox.go kuberuntime_container.go kuberuntime_gc.go
        kuberuntime_image.go kubelet_node_status.go kubelet_volumes.go kubelet_getters.go setters.go remote_runtime.go remote_image.go
        eviction_manager.go image_gc_manager.go docker_sandbox.go docker_service.go docker_container.go docker_streaming.go cni.go
        status_manager.go prober.go prober_manager.go nestedpendingoperations.go reconciler_common.go operation_generator.go
        desired_state_of_world_populator.go container_manager_linux.go cpu_manager.go fsHandler.go cri_stats_provider.go kubelet_pods.go
        pod_container_deletor.go plugin_watcher.go volume_manager.go swap_util.go qos_container_manager_linux.go kubelet_network.go
        kubelet_node_status_others.go topology_manager.go memory_manager.go policy_static.go hairpin.go kuberuntime_logs.go
        node_container_manager_linux.go cadvisor_stats_provider.go summary_sys_containers.go csi_attacher.go csi_plugin.go
        kubelet_resources.go nodeshutdown_manager_linux.go kubelet_volumes_linux.go docker_checkpoint.go docker_image_linux.go
        oom_watcher_linux.go oomparser.go pod_startup_latency_tracker.go kubelet_server.go
        """,
    "kube-proxy": "proxier.go server_others.go proxy_server.go",
    "kube-controller-manager": """
        controllermanager.go node_lifecycle_controller.go range_allocator.go cidr_allocator.go replica_set.go
        daemon_controller.go deployment_controller.go stateful_set.go pv_controller.go attach_detach_controller.go garbagecollector.go
        job_controller.go taint_manager.go gc_controller.go namespaced_resources_deleter.go endpoints_controller.go
        """,
    "kube-scheduler": "schedule_one.go scheduling_queue.go",
    "kube-apiserver": "dispatcher.go available_controller.go",
    "kube-router": "network_policy_controller.go network_routes_controller.go network_services_controller.go",
}
"""Source files in kubernetes/kubernetes (and kube-router) that only one program holds."""

_BY_FILE = {name: program for program, names in _FILES.items() for name in names.split()}
_GENERIC = re.compile(r"(?:generic|server|run|reflector|reconciler|scope|manager|log)\.go")
_WORDS = (
    (
        "containerd",
        re.compile(
            r"PodSandbox for|within sandbox|for sandbox |io\.containerd|shim disconnected|cleaning up (?:dead shim|after)|containerd"
        ),
    ),
    (
        "dockerd",
        re.compile(
            r"Handler for [A-Z]+ |libcontainerd|moby|API listen on|graphdriver|Container .{0,70} failed to exit|docker|ignoring event"
        ),
    ),
    (
        "crio",
        re.compile(
            r"Ran pod sandbox|Started container|Checking image status:|runtime\.v1|Stopp(?:ed|ing) pod sandbox:|Got pod network|\bcrio\b"
        ),
    ),
)
_KUBELET_WORDS = re.compile(
    r"PLEG|SyncLoop|[Ee]rror syncing pod|volume manager|kubelet|eviction manager|operationExecutor|RemoveContainer"
    r"|k8s\.io/kubernetes/pkg/kubelet|Failed to create existing container"
)
_CALLERS = (
    ("etcd", re.compile(r"(?:^|/)(?:etcd|mvcc|raft|rafthttp|embed|wal|etcdserver|etcdmain|backend|membership|v3rpc|traceutil)\b")),
    ("ipamd", re.compile(r"ipamd|datastore|awsutils|networkutils")),
    ("cni", re.compile(r"cni(?:-plugin)?/")),
)
_TEXTS = (
    ("dockerd", re.compile(r"(?:container|network|volume|image) [a-z_]+:? ?\S* ?[0-9a-f]{64} \(")),
    ("etcd", re.compile(r"[DIWEFNC] \| (?:etcd|raft|embed|wal|mvcc|pkg|snap|membership|auth|lease|rafthttp|etcdserver|etcdmain)\w*[:/]")),
    (
        "calico-node",
        re.compile(r"\[[A-Z]+\]\[\d+\] (?:felix|confd|monitor-addresses|tunnel-ip-allocator|startup|status|cni-config-monitor)/"),
    ),
    ("cni", re.compile(r"\[[A-Z]+\]\[\d+\] (?:cni-plugin/|ipam/)?(?:k8s|plugin|ipam|ipam_plugin|dataplane_linux|dataplane|utils)\.go")),
    ("coredns", re.compile(r"\[[A-Z]+\] plugin/")),
)


def distinct_owner(body: Body) -> str:
    """The program that writes such a body, where no other program could: not by a file's name, which others may use too."""
    return "" if body.shape in ("klog", "klog-cut", "logfmt") else owner_of(body)


def owner_of(body: Body) -> str:
    """The program that writes such a body; "" when several may."""
    if body.shape in ("klog", "klog-cut"):
        return _of_klog(body)
    if body.shape == "logfmt":
        return next((name for name, words in _WORDS if words.search(body.message)), "")
    if body.shape in ("dated", "bracketed"):
        return next((name for name, words in _TEXTS if words.match(body.message)), "")
    if body.shape == "json":
        named = next((name for name, source in _CALLERS if body.source and source.search(body.source)), "")
        return named or _of_klog(body)
    return ""


def _of_klog(body: Body) -> str:
    name = body.source.rsplit("/", 1)[-1]
    if known := _BY_FILE.get(name):
        return known
    return "kubelet" if _GENERIC.fullmatch(name) and _KUBELET_WORDS.search(body.message) else ""
