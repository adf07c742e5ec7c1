"""systemd has collected so many transient units that it takes no further one."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="systemd-unit-leak",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("systemd is full of left-over transient units (scopes, mounts)", "systemd に使い終わった transient unit(scope・mount)が溜まり続けている"),
    summary=Text(
        "The kubelet wraps each mount in a transient scope (systemd-run --scope). Old systemd versions do not collect them, so thousands of run-r....scope units stay. systemd becomes slow and in the end refuses new units with E2BIG (\"Argument list too long\"): mounts, slices and with them pods fail on that node.",
        "kubelet はマウントのたびに transient scope(systemd-run --scope)を作る。古い systemd はこれを回収せず、run-r….scope が数千個残る。systemd は遅くなり、最後には新しい unit を E2BIG(\"Argument list too long\")で拒否するため、そのノードではマウントも slice の作成もできなくなる。",
    ),
    signatures=(
        Signature(r"Failed to start transient (scope|service) unit: Argument list too long", component="kubelet", proof="states", source="systemd src/run/run.c"),
        Signature(r"[Uu]nable to start unit .{0,600}Argument list too long", component="runtime", proof="states"),
        Signature(r"Activation via systemd failed for unit '[^']+': Argument list too long", component="systemd", proof="states", source="dbus bus/activation.c"),
        Signature(r"^\S*\s*run-r?[0-9a-f]+\.scope\s+loaded\s", at_least=100, source="systemctl list-units"),
        Signature(r"^\S*\s*run-r?[0-9a-f]+\.scope\s+loaded\s", at_least=3, proof="suggests", source="systemctl list-units"),
        Signature(r"run-r?[0-9a-f]+\.scope: Failed to add inotify watch descriptor", component="systemd", proof="suggests", source="systemd src/core/cgroup.c"),
        Signature(r"kubelet-pods-\S+\.mount\s+loaded\s+inactive\s+dead", at_least=100, source="systemctl list-units --all"),
        Signature(r"Unit run-r?[0-9a-f]+\.scope (?:already exists|was already loaded)", component="kubelet", source="systemd-run: an abandoned scope holds the name"),
    ),
    states=(
        StateTest("Unit", {"name": r"^run-r?[0-9a-f]+\.scope$"}, at_least=100),
        StateTest("Unit", {"name": r"^run-r?[0-9a-f]+\.scope$"}, "suggests", at_least=3),
        StateTest("Counter", {"name": r"^systemctl list-units.*(run-|scope|mount|pods|transient)", "value": ">=500"}),
        StateTest("Counter", {"name": r"^systemctl list-units", "value": ">=5000"}),
        StateTest("Unit", {"name": r"kubelet-pods-.*\.mount$", "sub": r"^dead$"}, at_least=100),
    ),
    leads_to=(
        Link("volume-mount-failing", "node", Text("systemd-run cannot make the scope that the mount command should run in", "mount コマンドを入れる scope を systemd-run が作成できない"), strength=0.95),
        Link("systemd-dbus-failure", "node", Text("systemd is busy walking its units and answers D-Bus calls late or not at all", "systemd が大量の unit の走査に追われ、D-Bus の応答が遅れるか返らない"), strength=0.5),
        Link("sandbox-creation-failing", "node", Text("the pod's slice or the sandbox's scope is refused too", "Pod の slice や sandbox の scope の作成も拒否される"), strength=0.6),
        Link("pod-stuck-creating", "node", Text("pods wait for their volumes", "Pod がボリュームの準備を待ち続ける"), strength=0.8),
        Link("pleg-unhealthy", "node", Text("every cgroup operation waits for systemd, so relists take minutes", "cgroup 操作がすべて systemd を待つため、relist に数分かかる"), strength=0.4),
        Link("node-cpu-starvation", "node", Text("PID 1 burns a whole CPU walking its units", "PID 1 が unit の走査で CPU を使い切る"), strength=0.3),
    ),
    asks=(
        Ask("systemctl list-units --all --no-pager | grep -c 'run-.*scope'; systemctl list-units --all --no-pager | wc -l; systemctl --version; top -b -n1 -p 1  # on {node}",
            Text("hundreds or thousands of run-r....scope units, PID 1 at a full CPU", "run-r….scope が数百〜数千個あり、PID 1 が CPU を使い切っている"), ("systemd-dbus-failure", "inotify-limit", "storage-hang-dstate")),
    ),
    remedies=(
        Remedy("temporary", Text("stop the dead scopes, then re-execute systemd; if that does not help, drain and reboot", "不要な scope を停止し systemd を再実行する。改善しなければ drain して再起動する"),
               Text("stopping a scope that still holds a mount helper (e.g. a FUSE or glusterfs process) ends that mount: stop only empty ones", "FUSE・glusterfs などのマウントプロセスを抱えた scope を止めるとマウントが失われる。空の scope だけを止めること"),
               "systemctl list-units --type=scope --state=abandoned --no-legend | cut -d' ' -f1 | xargs -r systemctl stop; systemctl daemon-reexec  # on {node}", "systemctl list-units --all | grep -c 'run-.*scope'  # on {node}", "disruptive"),
        Remedy("permanent", Text("upgrade systemd, and the kubelet to a version that runs plain mounts without a scope where none is needed (tmpfs, bind)", "systemd を更新し、不要な場合は scope を使わない kubelet(tmpfs・bind マウント)へ更新する"),
               Text("a node image change", "ノードイメージの変更になる"), "", "systemctl list-units --all | grep -c 'run-.*scope'  # a day later", "disruptive"),
    ),
    versions="systemd 219 to 237 or so; kubelet from 1.5 on wraps mounts in scopes, later versions skip it for tmpfs and for systemd-run that is missing",
    references=("https://github.com/kubernetes/kubernetes/issues/57345", "https://github.com/kubernetes/kops/issues/5916", "https://github.com/redhat-plumbers/systemd-rhel7/issues/118"),
    examples=(
        hit("k8s-event", 'MountVolume.SetUp failed for volume "shop-token" : mount failed: exit status 1 Mounting command: systemd-run Mounting arguments: --description=Kubernetes transient mount for /var/lib/kubelet/pods/1f/volumes/kubernetes.io~secret/shop-token --scope -- mount -t tmpfs tmpfs /var/lib/kubelet/pods/1f/volumes/kubernetes.io~secret/shop-token Output: Failed to start transient scope unit: Argument list too long', reason="FailedMount"),
        hit("containerd", 'runc create failed: unable to start container process: unable to apply cgroup configuration: unable to start unit "cri-containerd-6a7b.scope" (properties [Description=x]): Argument list too long: unknown'),
        hit("dbus", "[system] Activation via systemd failed for unit 'polkit.service': Argument list too long"),
        hit("shell", "var-lib-kubelet-pods-1f00-volumes-kubernetes.io\\x7esecret-t.mount loaded inactive dead /var/lib/kubelet/pods/1f00/volumes/kubernetes.io~secret/t", count=9021),
        hit("shell", "run-r3f2e1d0c9b8a7f6e5d4c3b2a19080706.scope loaded active running Kubernetes transient mount for /var/lib/kubelet/pods/1f/volumes/kubernetes.io~secret/t", count=2412),
        hit("systemd", "run-r3f2e1d0c9b8a7f6e.scope: Failed to add inotify watch descriptor for control group /system.slice/run-r3f2e1d0c9b8a7f6e.scope: No space left on device"),
        hit("k8s-event", "MountVolume.SetUp failed for volume \"cfg\" : mount failed: exit status 1 Output: Failed to start transient scope unit: Unit run-4711.scope already exists.", reason="FailedMount"),
        near_miss("shell", "run-r3f2e1d0c9b8a7f6e5d4c3b2a19080706.scope loaded active running Kubernetes transient mount for /var/lib/kubelet/pods/1f/volumes/kubernetes.io~secret/t"),
        near_miss("k8s-event", 'Error: failed to start container "web": standard_init_linux.go:211: exec user process caused "argument list too long"'),
        near_miss("k8s-event", "MountVolume.SetUp failed for volume \"shop-token\" : mount failed: exit status 1 Output: Failed to start transient scope unit: Connection timed out", reason="FailedMount"),
    ),
    state_examples=(
        StateExample("Unit", {"name": "run-r3f2e1d0c9b8a7f6e5d4c3b2a19080706.scope", "active": "active"}, True),
        StateExample("Unit", {"name": "var-lib-kubelet-pods-1f00-volumes-t.mount", "active": "inactive", "sub": "dead"}, True),
        StateExample("Counter", {"name": "systemctl list-units | grep run-r", "value": 8120}, True),
        StateExample("Counter", {"name": "systemctl list-units --all", "value": 311}, False),
        StateExample("Unit", {"name": "docker.service", "active": "active"}, False),
    ),
)
