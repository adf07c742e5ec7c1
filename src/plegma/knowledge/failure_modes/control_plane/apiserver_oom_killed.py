"""The API server (or another control-plane program) was killed for memory."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apiserver-oom-killed",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("API server killed by the OOM killer", "API サーバーが OOM kill された"),
    summary=Text(
        "Large lists, many watches or many objects made the API server's memory grow beyond the node or its limit, and the kernel killed it. All clients reconnect at once, which can kill it again.",
        "大きな list、多数の watch、オブジェクト増加によりメモリがノードや上限を超え、カーネルが API サーバーを kill した。全クライアントの一斉再接続で再発しやすい。",
    ),
    signatures=(
        Signature(r"Kill(?:ed)? process \d+,? ?(?:UID \d+,? )?\((?:kube-apiserver|kube-controller|kube-scheduler|etcd)\)", "kernel", "states", source="mm/oom_kill.c"),
        Signature(r"oom-kill:.*task=(?:kube-apiserver|kube-controller|kube-scheduler|etcd),", "kernel", "states", source="mm/oom_kill.c (4.19 and later)"),
    ),
    states=(StateTest("Container", {"image": r"kube-apiserver|/etcd:|kube-controller-manager|kube-scheduler", "last_reason": "^OOMKilled$"}, "states"),),
    leads_to=(
        Link("control-plane-crash-loop", "cluster", Text("the program is restarted and grows again", "再起動後も再びメモリが増加する"), strength=0.7),
        Link("apiserver-unavailable", "cluster", Text("connections are refused until it is up", "起動するまで接続が拒否される"), strength=0.7),
    ),
    asks=(Ask("dmesg -T | grep -A3 -i 'out of memory'; kubectl -n kube-system describe pod -l component=kube-apiserver | grep -A6 'Last State'; kubectl get --raw /metrics | grep apiserver_storage_objects | sort -k2 -n | tail", Text("the killed process, and the resource with most objects", "kill されたプロセスと、最もオブジェクトの多いリソース"), ("apiserver-overloaded", "node-memory-starvation", "app-oomkilled", "kubelet-oom-killed", "node-daemon-oom-killed"), "kernel-log"),),
    remedies=(
        Remedy("temporary", Text("free memory on the control-plane node or raise the limit; stop clients that list everything", "コントロールプレーンのメモリを確保するか上限を上げ、全件 list するクライアントを止める"), Text("restarts the API server", "API サーバーが再起動する"), "kubectl -n kube-system top pod", "kubectl get --raw /readyz", "disruptive"),
        Remedy("permanent", Text("control-plane nodes sized for object count, no other load on them, object clean-up, streaming lists (v1.32 and later)", "オブジェクト数に見合ったコントロールプレーンのサイズ、他負荷との分離、オブジェクトの整理、ストリーミング list(v1.32 以降)"), Text("none", "なし"), verify="dmesg -T | grep -c 'Killed process'", risk_level="none"),
    ),
    examples=(
        hit("kernel", "Out of memory: Killed process 1201 (kube-apiserver) total-vm:9105324kB, anon-rss:7412004kB, file-rss:0kB, shmem-rss:0kB"),
        hit("kernel", "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=77,mems_allowed=0,global_oom,task_memcg=/kubepods/burstable/pod0f1e/77,task=kube-apiserver,pid=1201,uid=0"),
        near_miss("kernel", "Memory cgroup out of memory: Killed process 4410 (java)"),
        near_miss("kernel", "Out of memory: Killed process 912 (kubelet) total-vm:2105324kB"),
    ),
    state_examples=(
        StateExample("Container", {"image": "registry.k8s.io/kube-apiserver:v1.30.2", "last_reason": "OOMKilled"}, True),
        StateExample("Container", {"image": "registry.lab.example/web:1", "last_reason": "OOMKilled"}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/setup/best-practices/cluster-large/",),
)
