"""Network storage does not answer, and what touches it hangs in the kernel."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="storage-hang-dstate",
    layer="storage",
    role="cause",
    subject="Node",
    abductive=True,
    title=Text("network storage hangs: processes in D state", "ネットワークストレージのハング(D state プロセス)"),
    summary=Text(
        "An NFS, CephFS, CIFS or block server went away behind a hard mount. stat, umount and df on it sleep uninterruptibly; kubelet volume work, cAdvisor, du, even containerd's spec generation wait behind them, so unrelated pods of the node hang too. The runtime logs no error; the kernel names the server.",
        "ハードマウントされた NFS、CephFS、CIFS、ブロックストレージのサーバーが応答しなくなった。そのパスへの stat、umount、df が割り込み不能(D state)で眠り、kubelet のボリューム処理、cAdvisor、du、containerd の spec 生成まで待たされるため、無関係な Pod も巻き込まれる。ランタイムはエラーを出さず、カーネルログがサーバー名を示す。",
    ),
    signatures=(
        Signature(r"nfs: server \S+ not responding", "kernel", "shows", source="net/sunrpc/clnt.c"),
        Signature(r"(?:nfs|rpc)_wait_bit_killable", "kernel", "shows", source="stack of a blocked task, or wchan"),
        Signature(r"ceph_(?:mdsc_|get_caps|wait_)", "kernel", "shows", source="stack of a blocked task, or wchan"),
        Signature(r"request_wait_answer", "kernel", "shows", source="fs/fuse: the user-space server does not answer"),
        Signature(r"ceph: mds\d+ (?:hung|caps stale|reconnect denied)", "kernel", "shows", source="fs/ceph"),
        Signature(r"libceph: (?:mon|osd|mds)\d+ .{0,60}(?:session lost|socket closed|connect error|socket error)", "kernel", "suggests", source="net/ceph"),
        Signature(r"CIFS: .{0,60}has not responded in \d+ seconds", "kernel", "shows", source="fs/cifs"),
        Signature(r"failed to stat .{0,200}/volumes/kubernetes\.io.{0,300}(?:errno ?=? ?512|unknown error 512|host is down|transport endpoint)", "runtime", "shows", source="containerd spec generation; 512 = ERESTARTSYS"),
        Signature(r"task (?:umount|mount\.nfs4?|stat|df|ls|du|kubelet)(?::\d+)? blocked for more than", "kernel", "suggests", source="kernel hung_task"),
        Signature(r"connection\d+:\d+: (?:detected conn error|ping timeout of)", "kernel", "suggests", source="drivers/scsi: an iSCSI path is lost"),
    ),
    states=(
        StateTest("Process", {"state": "^D", "command": r"(?:^|/|\s)(?:umount|mount(?:\.\w+)?|nfsd?|df|stat|du|ceph|rbd)\b"}, "shows"),
        StateTest("Command", {"argv": r"^(?:timeout \d+ )?(?:df|stat|ls /var/lib/kubelet|umount)\b", "answered": "^false$"}, "shows"),
    ),
    leads_to=(
        Link("volume-mount-failing", "node", Text("the kubelet's volume work waits behind the hanging call, so volumes of other pods time out", "kubelet のボリューム処理がハングした呼び出しを待ち、他の Pod のボリュームもタイムアウトする"), strength=0.7),
        Link("volume-unmount-failing", "node", Text("umount does not return", "umount が返らない"), strength=0.7),
        Link("pod-stuck-terminating", "node", Text("the container's process or its mount cannot be ended", "コンテナのプロセスやマウントを終了できない"), strength=0.7),
        Link("cri-name-reserved-inflight", "node", Text("CreateContainer waits in stat while the kubelet retries", "CreateContainer が stat で待つ間に kubelet が再試行する"), strength=0.4),
        Link("cri-call-timeout", "node", Text("spec generation or task deletion waits for the storage", "spec 生成やタスク削除がストレージ待ちになる"), strength=0.4),
        Link("pleg-unhealthy", "node", Text("inspecting the container waits for the storage", "コンテナの確認がストレージ待ちになる"), strength=0.4),
        Link("kernel-hung-task", "node", Text("the kernel reports tasks that wait for the server", "サーバー待ちのタスクをカーネルが報告する"), strength=0.5),
        Link("probe-failing", "pod", Text("the application waits for its volume", "アプリケーションがボリュームを待つ"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the server answered again", "サーバーは応答を再開した"), pattern=r"nfs: server \S+ OK", component="kernel", weight=0.3),
        Refutation(Text("a clean error at mount time: nothing hangs", "マウント時に明確なエラーが出ており、ハングではない"), mode="nfs-mount-failure", weight=0.2),
    ),
    asks=(
        Ask("ps -eo pid,stat,wchan:32,etime,args | awk '$2 ~ /^D/'; timeout 5 df -h; dmesg -T | grep -iE 'not responding|ceph|cifs|blocked for more'", Text("processes in D with nfs/ceph/cifs in wchan, and df that does not return", "wchan が nfs/ceph/cifs の D state プロセスがあり、df が返らない"), ("disk-io-saturation", "kernel-dstate-memory-reclaim", "nfs-mount-failure", "containerd-shim-deadlock", "docker-hang", "mount-leak-device-busy", "fuse-mount-dead", "iscsi-login-failure"), "processes"),
    ),
    remedies=(
        Remedy("temporary", Text("bring the storage server (or the way to it) back; else lazy-unmount the dead mount, at last reboot the node", "ストレージサーバー(または経路)を復旧する。不可能なら死んだマウントを lazy umount し、最後の手段としてノードを再起動する"), Text("writes that were not sent are lost by a forced unmount", "強制アンマウントでは未送信の書き込みが失われる"), "umount -f -l <mountpoint>", "timeout 5 df -h", "data-loss"),
        Remedy("permanent", Text("redundant storage, soft or interruptible mounts where data allow (soft,timeo=,retrans=), monitoring of the server from the nodes", "ストレージの冗長化、許容できる場合の soft マウント(soft,timeo=,retrans=)、ノードからのサーバー監視"), Text("soft mounts can give applications I/O errors", "soft マウントではアプリに I/O エラーが返ることがある"), verify="nfsstat -m", risk_level="disruptive"),
    ),
    examples=(
        hit("kernel", "nfs: server nas.lab.example not responding, still trying"),
        hit("kernel", "nfs: server 10.20.0.7 not responding, timed out"),
        hit("kernel", " rpc_wait_bit_killable+0x1e/0xa0 [sunrpc]"),
        hit("shell", " 4410 D    nfs_wait_bit_killable               02:11:09 umount /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/data"),
        hit("kernel", " ceph_mdsc_wait_request+0x4d/0xa0 [ceph]"),
        hit("kernel", " request_wait_answer+0x11f/0x210 [fuse]"),
        hit("kernel", "ceph: mds0 hung"),
        hit("kernel", "libceph: mon0 (1)10.20.0.8:6789 session lost, hunting for new mon"),
        hit("kernel", "CIFS: VFS: \\\\files.lab.example has not responded in 180 seconds. Reconnecting..."),
        hit("containerd", "failed to generate spec: failed to stat \"/var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/pvc-5c/mount\": stat /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/pvc-5c/mount: errno 512"),
        hit("kernel", "INFO: task umount:4410 blocked for more than 120 seconds."),
        hit("kernel", " connection2:0: detected conn error (1022)"),
        near_miss("kernel", "nfs: server nas.lab.example OK"),
        near_miss("kernel", "INFO: task jbd2/sda1-8:312 blocked for more than 120 seconds."),
        near_miss("kernel", "INFO: task runc:[2:INIT]:4410 blocked for more than 120 seconds."),
        near_miss("k8s-event", "MountVolume.SetUp failed for volume \"data\" : mount failed: exit status 32 Output: mount.nfs: access denied by server while mounting nas.lab.example:/x", "FailedMount"),
    ),
    state_examples=(
        StateExample("Process", {"command": "umount /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~nfs/data", "state": "D"}, True),
        StateExample("Command", {"argv": "df -h", "answered": False}, True),
        StateExample("Command", {"argv": "df -h", "answered": True}, False),
        StateExample("Process", {"command": "umount /mnt", "state": "S"}, False),
        StateExample("Process", {"command": "runc init", "state": "D"}, False),
    ),
    versions="all; containerd's stat of volumes before CreateContainer in all releases",
    references=(
        "https://man7.org/linux/man-pages/man5/nfs.5.html",
        "https://github.com/containerd/containerd/issues?q=volume+stat+hang",
    ),
)
