"""The kernel killed the container because it reached its own memory limit."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="app-oomkilled",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("container reached its memory limit and was OOM-killed", "コンテナがメモリ上限に達して OOM Kill された"),
    summary=Text(
        "The memory cgroup of the container (or of the pod) was full, so the kernel killed a process in it: reason OOMKilled, exit code 137. The node may have plenty of free memory.",
        "コンテナ(または Pod)のメモリ cgroup が上限に達し、カーネルがその中のプロセスを強制終了した(Reason は OOMKilled、終了コード 137)。ノード全体のメモリには余裕があってもよい。",
    ),
    signatures=(
        Signature(r"", component="kubelet", reason=r"OOMKilled", source="containerd internal/cri/server/events.go, moby/moby daemon/monitor.go: the runtime sets the reason"),
        Signature(
            r"oom-kill:constraint=CONSTRAINT_MEMCG,.*oom_memcg=[^,]*pod(?P<pod_uid>[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})",
            component="kernel", proof="states", source="Linux mm/oom_kill.c dump_oom_summary, since 4.20",
        ),
        Signature(r"Task in \S*kubepods\S* killed as a result of limit of \S*kubepods\S*pod[0-9a-f]", component="kernel", proof="states", source="Linux mm/memcontrol.c, before 4.20"),
        Signature(r"Memory cgroup out of memory: Kill", component="kernel", source="Linux mm/oom_kill.c oom_kill_process"),
        Signature(r"memory: usage \d+kB, limit \d+kB, failcnt \d+", component="kernel", source="Linux mm/memcontrol.c mem_cgroup_print_oom_meminfo"),
        Signature(r"container init was OOM-killed", component="runtime", proof="states", source="opencontainers/runc libcontainer/process_linux.go since 1.0: the limit is too small for runc's own start"),
        Signature(r"OOM: the memory limit could be too low", component="runtime", proof="states", source="containers/crun src/libcrun/container.c"),
        Signature(r"container init caused.{0,200}signal: killed", component="runtime", proof="suggests", source="opencontainers/runc before 1.0: something killed runc's child; a tiny memory limit as a rule"),
        Signature(r"TaskOOM event (&TaskOOM\{ContainerID:|container_id:\\*\")(?P<container_id>[0-9a-f]{64})", component="runtime", source="containerd internal/cri/server/events.go"),
    ),
    states=(
        StateTest("Container", {"last_reason": r"^OOMKilled$", "memory_limit": r"^[1-9]"}, proof="states"),
        StateTest("Container", {"reason": r"^OOMKilled$", "memory_limit": r"^[1-9]"}, proof="states"),
        StateTest("Container", {"last_reason": r"^OOMKilled$"}),
        StateTest("Container", {"reason": r"^OOMKilled$"}),
        StateTest("Pod", {"status": r"^(Init:)?OOMKilled$"}),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("with a tiny limit runc itself is killed before the program starts", "上限が極端に小さいと、プログラムの起動前に runc 自身が kill される"), strength=0.3),
        Link("container-restarting", "pod", Text("the kubelet starts the killed container again, and it fills its limit again", "kubelet が再起動するが、再び上限まで使う"), strength=0.8),
        Link("crash-loop-back-off", "pod", Text("each run ends in a kill, so the kubelet backs off", "起動のたびに Kill されるため、kubelet がバックオフに入る"), strength=0.7),
        Link("pod-not-ready", "pod", Text("a container that was killed is not ready until it is up again", "Kill されたコンテナは再び起動するまで Ready にならない"), strength=0.5),
        Link("app-error-exit", "pod", Text("when a child process is the victim, the main process ends with an error of its own", "子プロセスが Kill されると、メインプロセスがエラーで終了する"), strength=0.2),
    ),
    refutes=(
        Refutation(Text("the whole node ran out of memory: the container was only the victim", "ノード全体のメモリが不足しており、このコンテナは巻き添えである"), pattern=r"constraint=CONSTRAINT_NONE", component="kernel"),
        Refutation(Text("the kubelet reported an OOM of the node at large", "kubelet がノード全体の OOM を報告している"), reason=r"SystemOOM", component="kubelet", weight=0.4),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("last state OOMKilled with exit code 137, and a memory limit", "Last State が OOMKilled(137)で、memory の limit がある"), ("liveness-probe-kill", "grace-period-too-short"), evidence="pod-describe"),
        Ask("dmesg -T | grep -iE 'oom-kill|out of memory'  # on {node}", Text("CONSTRAINT_MEMCG with the pod's UID, not CONSTRAINT_NONE", "Pod の UID を含む CONSTRAINT_MEMCG(CONSTRAINT_NONE ではない)"), ("node-memory-starvation",), evidence="kernel-log"),
        Ask("kubectl -n {namespace} top pod {pod} --containers", Text("a working set that climbs to the limit", "使用量が上限へ向かって増え続けている"), ("app-heap-oom",)),
    ),
    remedies=(
        Remedy("temporary", Text("raise the memory limit of the container above its measured peak", "コンテナの memory limit を実測のピークより大きくする"),
               Text("the pods are replaced one by one; a leak only takes longer to reach the new limit", "Pod が順に入れ替わる。リークなら新しい上限にも達する"),
               "kubectl -n {namespace} set resources deployment/NAME -c {container} --limits=memory=512Mi", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("size requests and limits from the measured peak, keep the heap of the language runtime below the limit, mend the leak", "実測のピークから requests / limits を決め、言語ランタイムのヒープを上限より小さく保ち、リークを直す"),
               Text("a larger request may no longer fit on the present nodes", "requests を増やすと現在のノードに収まらないことがある"),
               "", "kubectl -n {namespace} top pod {pod} --containers", "restart"),
    ),
    versions="all; the reason OOMKilled can be missing with containerd when a child process was the victim or the event was lost",
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/",
        "https://github.com/containerd/containerd/issues/8893",
    ),
    examples=(
        hit("k8s-event", "Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown", reason="Failed"),
        hit("k8s-event", "Error: container create failed: OOM: the memory limit could be too low: read from the init process", reason="Failed"),
        hit("k8s-event", 'Error: failed to start container "web": Error response from daemon: OCI runtime create failed: container_linux.go:348: starting container process caused "process_linux.go:402: container init caused \\"process_linux.go:385: running prestart hook 0 caused \\\\\\"error running hook: signal: killed\\\\\\"\\"": unknown', reason="Failed"),
        hit("status", "", reason="OOMKilled"),
        hit("kernel", "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=cri-containerd-4b0c6b1d9c3e4f00a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718.scope,mems_allowed=0,oom_memcg=/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod5d2f6c1e_7a3b_4c9d_8e0f_112233445566.slice,task_memcg=/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod5d2f6c1e_7a3b_4c9d_8e0f_112233445566.slice/cri-containerd-4b0c6b1d.scope,task=java,pid=31077,uid=1000"),
        hit("kernel", "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=9f3c,mems_allowed=0-1,oom_memcg=/kubepods/burstable/pod5d2f6c1e-7a3b-4c9d-8e0f-112233445566/9f3c,task_memcg=/kubepods/burstable/pod5d2f6c1e-7a3b-4c9d-8e0f-112233445566/9f3c,task=node,pid=811,uid=0"),
        hit("kernel", "Task in /kubepods/burstable/pod5d2f6c1e-7a3b-4c9d-8e0f-112233445566/9f3c11 killed as a result of limit of /kubepods/burstable/pod5d2f6c1e-7a3b-4c9d-8e0f-112233445566"),
        hit("kernel", "Memory cgroup out of memory: Killed process 31077 (java) total-vm:4981204kB, anon-rss:1041200kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:2600kB oom_score_adj:968"),
        hit("kernel", "Memory cgroup out of memory: Kill process 811 (node) score 1984 or sacrifice child"),
        hit("kernel", "memory: usage 262144kB, limit 262144kB, failcnt 4119"),
        hit("containerd", 'TaskOOM event container_id:"4b0c6b1d9c3e4f00a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718"'),
        hit("containerd", "TaskOOM event &TaskOOM{ContainerID:4b0c6b1d9c3e4f00a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718,XXX_unrecognized:[],}"),
        near_miss("status", "", reason="Error"),
        near_miss("kernel", "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/kubepods/besteffort/pod5d2f6c1e-7a3b-4c9d-8e0f-112233445566/9f3c,task=python3,pid=2201,uid=0"),
        near_miss("kernel", "Out of memory: Killed process 2201 (python3) total-vm:16102300kB, anon-rss:15020000kB"),
        near_miss("kernel", "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/system.slice/backup.service,task_memcg=/system.slice/backup.service,task=rsync,pid=410,uid=0"),
        near_miss("k8s-event", "System OOM encountered, victim process: java, pid: 31077", reason="SystemOOM"),
        near_miss("status", "The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi.", reason="Evicted"),
    ),
    state_examples=(
        StateExample("Container", {"last_state": "Terminated", "last_reason": "OOMKilled", "last_exit_code": 137, "memory_limit": "128Mi"}, True),
        StateExample("Container", {"state": "Terminated", "reason": "OOMKilled", "exit_code": 137, "memory_limit": "1Gi"}, True),
        StateExample("Container", {"state": "Terminated", "reason": "OOMKilled", "exit_code": 137}, True),
        StateExample("Pod", {"status": "OOMKilled", "restarts": 3}, True),
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 137, "memory_limit": "128Mi"}, False),
        StateExample("Pod", {"status": "Evicted"}, False),
    ),
)
