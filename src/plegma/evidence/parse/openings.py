"""How the messages of programs begin that people paste bare, without the row or the header that carried them.

Only whole beginnings that no person's sentence has. What stands in the middle of a sentence never counts: prose that
quotes an error is not evidence.
"""

import re

_EVENTS = (
    r"\d+/\d+ nodes are available: ",
    r"No nodes are available that match ",
    r"Failed to (?:pull image|inspect image|apply default image tag|garbage collect required|start transient scope) ?",
    r"Failed (?:to )?create pod sandbox: ",
    r"Back-off (?:pulling image|restarting failed) ",
    r"(?:Liveness|Readiness|Startup) probe (?:failed|errored|for \")",
    r"(?:MountVolume|UnmountVolume|AttachVolume|DetachVolume|MapVolume|NodeExpandVolume)\.\w+ ",
    r"Unable to (?:attach or )?mount volumes(?: for pod)?[: ]",
    r"Unable to retrieve (?:some image )?pull secret",
    r"Multi-Attach error for volume ",
    r"Error: (?:failed to |container create failed|ErrImagePull|ImagePullBackOff|OCI runtime |context deadline)",
    r"Error: (?:(?:secret|configmap)s? \"|couldn't find key )",
    r"Error syncing pod[ ,]",
    r"Error creating: ",
    r"The node (?:was low on resource: |had condition: )",
    r"Pod (?:was rejected: |The node |ephemeral local storage usage |sandbox changed, )",
    r"Pod (?:Predicate |Allocate failed |was terminated in response )",
    r"Allocate failed due to ",
    r"Update plugin resources failed ",
    r"Predicate \w+ failed",
    r"Usage of EmptyDir volume ",
    r"Container (?:image \"\S+\" is not present|\S+ failed (?:liveness|startup) probe|\S+ exceeded its )",
    r"(?:Exec|HTTP|Http) lifecycle hook ",
    r"Killing container with id ",
    r"Node \S+ (?:status is now|event): ",
    r"Free disk space \d",
    r"Image garbage collection failed ",
    r"Attempting to reclaim ",
    r"pod didn't trigger scale-up",
    r"persistentvolumeclaim \"",
    r"(?:no persistent volumes available for|no volume plugin matched)",
    r"[Ww]aiting for a (?:volume|snapshot) ",
    r"(?:Kubelet stopped posting node status|[Nn]ode is (?:shutting down|in progress of shutting down|shutting, evicting))",
    r"(?:kubelet has (?:insufficient |disk pressure)|Node condition \w+ is now|Node didn't have enough resource)",
    r"Preempted (?:by \S+ on node|in order to admit)",
    r"containers with (?:incomplete|unready) status: ",
    r"(?:Job has reached the specified|Job was active longer|Pod was active on the node longer)",
    r"(?:Output: mount|Mounting arguments: |Mounting command: )",
    r"command '.{1,200}' exited with \d",
)
"""Kubernetes events: kubelet, scheduler, controllers and autoscaler, from 1.2 on."""
_NODE = (
    r"(?:network is not ready|container runtime network not ready|container runtime is down|PLEG is not healthy|NetworkReady=false)",
    r"(?:OCI runtime (?:create|exec) failed|runc create failed|starting container process caused)[: ]",
    r"rpc error: code = ",
    r"(?:error: |Error: )?[Ff]ailed to (?:run Kubelet|load [Kk]ubelet config file|parse kubelet flag)",
    r"failed to (?:create containerd task|create shim task|get sandbox image)\b",
    r"failed to (?:setup network for sandbox|start container|load cni|load plugin)\b",
    r"could not restore state from checkpoint: ",
    r"part of the existing bootstrap client certificate",
    r"[Ee]viction manager: ",
    r"(?:Error: )?Error response from daemon: ",
    r"[A-Z]\w+ (?:\S+ |with filter \S+ |in sandbox )?from (?:runtime|image) service failed: ",
    r"(?:RunPodSandbox|StopPodSandbox|CreateContainer|StartContainer|PullImage) for ",
    r"Handler for (?:GET|POST|DELETE|HEAD) /v\d",
    r"TaskOOM event ",
    r"(?:Error loading CNI config|Unable to update cni config: |preStop hook for container )",
    r"unknown (?:shorthand )?flag: -",
    r"(?:Waited for \S+ due to client-side throttling|Throttling request took )",
    r"(?:Part of the existing bootstrap client|\"?The currently active client certificate|\"?No valid client certificate is found)",
    r"(?:Error updating node status, will retry|Unable to register node \"|Could not initialize checkpoint manager)",
    r"Failed to (?:watch directory|ensure that|get sandbox status|start ContainerManager|stop container|list \*v1)",
    r"Couldn't get (?:configMap|secret) ",
    r"[Cc]ancel pulling image ",
    r"Orphaned pod \"",
    r"Setting volume ownership for ",
    r"du and find on following dirs took ",
    r"\"[A-Z][^\"]{3,120}\" \w+=\S",
)
"""What kubelet and runtimes log, without klog's and logfmt's headers."""
_KERNEL = (
    r"oom-kill:constraint=",
    r"(?:Out of memory|Memory cgroup out of memory): Kill",
    r"Killed process \d+ \(",
    r"Task in /\S+ killed as a result of limit",
    r"\S{1,40} invoked oom-killer: ",
    r"(?:INFO: task \S+ blocked for|BUG: |Kernel panic - |watchdog: BUG|general protection fault|NVRM: Xid|libceph: |nfs: server )",
    r"(?:EXT4-fs|XFS|JBD2) ?(?:error|warning|\()",
    r"(?:nf|ip)_conntrack: (?:nf_conntrack: )?table full",
    r"neighbour: \w+: neighbor table overflow",
    r"unregister_netdevice: waiting for ",
    r"(?:nvme nvme\d|sd \d:\d:\d:\d|mmc\d|dm-thin \d+:\d+|BTRFS \w+ \(device|MCE 0x|NMI watchdog): ",
    r"(?:Unable to handle kernel |hwmon \w+: |\[UFW BLOCK\] )",
    r"\s?[\w.]+\+0x[0-9a-f]+/0x[0-9a-f]+",
    r"\[?<[0-9a-f]+>\]? \w+\+0x",
)
_UNITS = (
    r"[\w@.-]+\.(?:service|scope|mount|socket|slice)(?:: (?:Main process|Failed with|Start request|Scheduled|[Ss]ervice hold)"
    r"|: (?:A process of|State '|Unit )"
    r"| holdoff time over| start operation timed| entered failed)",
)
_SYSTEMD = (
    r"Failed to start (?:Docker Application Container Engine|containerd container runtime|Container Runtime Interface|[Kk]ubelet|LSB)",
    r"Stopp(?:ed|ing) (?:containerd container runtime|Docker Application|Container Runtime Interface|kubelet(?:\.service - kubelet)?: )",
)
_PROGRAMS = (
    r"exec (?:/|\./)\S+: ",
    r"standard_init_linux\.go:\d+: ",
    r"Traceback \(most recent call last\):",
    r"Exception in thread \"",
    r"(?:npm|yarn) ERR! ",
    r"(?:panic|fatal error): \S",
    r"Segmentation fault",
    r"(?:listen|dial) (?:tcp|udp)\S* ",
    r"(?:open|mkdir|stat|lstat|read|rename|remove|fork/exec) /\S+: ",
    r"(?:mkdir|chown|chmod|touch|cp|mv|ls|cat|tee|env|sh|bash): \S.{0,200}: [A-Z]",
    r"toomanyrequests: ",
    r"(?:Error|ERROR|FATAL|WARNING|PHP Fatal error):\s+\S",
    r"(?:[A-Z][\w.]*(?:Exception|Error|Exceeded|NotAvailable)|Caused by): \S",
    r"(?:MemoryError$|Unhandled exception\. |UnhandledPromiseRejection|terminate called after )",
    r"(?:\*\*\* stack smashing|#\s+SIG[A-Z]{2,5} |\[signal SIG)",
    r"(?:flag provided but not defined: -|Missing required environment variable|NOAUTH |WRONGPASS )",
    r"Could not (?:connect to|allocate|create server) \S",
    r"[Ff]ailed to (?:call|connect to \S+ endpoint|allocate|create FS watcher|run kube-router|increase node group)[: ]",
    r"ip6?tables(?:-restore)? v\d",
    r"-[AP] [A-Z][A-Z-]+ ",
    r"\[(?:WARNING|ERROR) \w+\]: |\[kubelet-check\] ",
    r"no matches for kind \"",
)
"""Kubeadm, iptables, shells, the Go, Java, Python and Node runtimes, registries."""
_OPENS = re.compile(rf"\s*`?(?:Message: +|Warning: +)?(?:{'|'.join((*_EVENTS, *_NODE, *_KERNEL, *_UNITS, *_SYSTEMD, *_PROGRAMS))})")


def opens_message(line: str) -> bool:
    """Does the line begin as a known program's message does?"""
    return _OPENS.match(line) is not None
