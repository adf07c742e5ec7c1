"""The node's disk is so slow that runtime calls run into their deadlines."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="disk-io-saturation",
    layer="storage",
    role="cause",
    subject="Node",
    abductive=True,
    title=Text("disk I/O saturated or throttled", "ディスク I/O の飽和またはスロットリング"),
    summary=Text(
        "The disk under the runtime and the kubelet cannot keep up (cloud burst credits used up, noisy neighbour, a pod that writes without limit, RAID rebuild). Runtime calls exceed 2 or 4 minutes, retries collide (`name is reserved`), PLEG is late and the node flaps. Nothing is broken: it is slow, and recovers when the load goes.",
        "ランタイムと kubelet が使うディスクが処理しきれていない(クラウドのバーストクレジット枯渇、隣接負荷、際限なく書き込む Pod、RAID 再構築など)。ランタイム呼び出しが 2 分 / 4 分を超え、再試行が衝突し(`name is reserved`)、PLEG が遅れ、ノードが Ready を往復する。壊れているのではなく遅いだけで、負荷が去れば回復する。",
    ),
    signatures=(
        Signature(r"du and find on following dirs took (?:\d{2,}\.|\d+m)", "kubelet", "shows", source="cAdvisor fsHandler.go: ten seconds and more"),
        Signature(r"du and find on following dirs took", "kubelet", "suggests", source="cAdvisor fsHandler.go: over one second"),
        Signature(r"fs: disk usage and inodes count on following dirs took (?:\d{2,}\.|\d+m)", "kubelet", "shows", source="cAdvisor fsHandler.go (v1.16 and later)"),
        Signature(r"fs: disk usage and inodes count on following dirs took", "kubelet", "suggests", source="cAdvisor fsHandler.go"),
        Signature(r"operation timeout: context deadline exceeded", "kubelet", "suggests", reason="ContainerGCFailed|ImageGCFailed", source="dockershim: garbage collection calls that time out"),
        Signature(r"task (?:jbd2/|xfsaild/|dmcrypt_write|loop\d+|flush-|kworker/u\d+:\d+\+?flush).{0,60}blocked for more than", "kernel", "shows", source="kernel hung_task: a journal or write-back thread"),
        Signature(r"task (?:jbd2/|xfsaild/|dmcrypt_write|flush-).{0,60}blocked for more than", "any", "shows", reason="TaskHung|KernelDeadlock", source="node-problem-detector config/kernel-monitor.json"),
        Signature(r"\b(?:blkdev_issue_flush|submit_bio_wait|wait_on_page_writeback|jbd2_log_wait_commit|ext4_sync_file|xfs_file_fsync)\+0x", "kernel", "suggests", source="stack of a blocked task: it waits for a flush or write-back of a local disk"),
        Signature(r"Cpu\(s\): .{0,60}\b(?:[4-9]\d|100)\.\d+ ?%?wa", "shell", "shows", source="top: 40 % iowait and more"),
        Signature(r"BurstBalance.{0,40}\b0(?:\.\d+)?\b", "any", "shows", source="AWS CloudWatch: EBS burst balance used up"),
        Signature(r"Killing cmd .{0,60}\bdu -s .{0,400}due to timeout", "kubelet", "shows", source="cAdvisor fs.go: du did not end in two minutes"),
        Signature(r"failed to exec du.{0,200}(?:timeout|signal: killed)", "kubelet", "shows", source="cAdvisor fsHandler.go"),
    ),
    leads_to=(
        Link("cri-call-timeout", "node", Text("the runtime's file operations take minutes", "ランタイムのファイル操作に数分かかる"), strength=0.7),
        Link("cri-name-reserved-inflight", "node", Text("the kubelet retries while the first attempt still writes", "最初の処理が書き込み中のまま kubelet が再試行する"), strength=0.5),
        Link("pleg-unhealthy", "node", Text("inspecting containers takes longer than three minutes in all", "コンテナの確認に合計 3 分以上かかる"), strength=0.5),
        Link("node-readiness-flapping", "node", Text("PLEG and status recover when the load pauses", "負荷が途切れると PLEG と状態が回復する"), strength=0.4),
        Link("probe-failing", "node", Text("exec probes and slow applications miss their time-outs", "exec プローブや遅い応答がタイムアウトする"), strength=0.3),
        Link("etcd-slow-disk", "cluster", Text("an etcd on the same disk waits for its fsync", "同じディスク上の etcd が fsync を待たされる"), strength=0.3),
        Link("kernel-hung-task", "node", Text("journal and write-back threads wait for minutes", "ジャーナルや書き戻しスレッドが数分待たされる"), strength=0.4),
        Link("docker-hang", "node", Text("dockerd waits for the disk", "dockerd がディスク待ちになる"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("the device reports errors: it is broken, not slow", "デバイスがエラーを出している。遅いのではなく壊れている"), mode="disk-io-errors", weight=0.4),
        Refutation(Text("the waiting is for a network file system", "待ち先はネットワークファイルシステムである"), mode="storage-hang-dstate", weight=0.4),
        Refutation(Text("top shows next to no iowait", "top の iowait がほぼ 0 である"), pattern=r"Cpu\(s\):.{0,60} [0-3]\.\d+ ?%?wa", component="shell", weight=0.6),
    ),
    asks=(
        Ask("iostat -xz 1 5; iotop -boqn 3 | head -20; cat /proc/pressure/io", Text("%util near 100, await of hundreds of ms, and the process that writes", "%util が 100 近く、await が数百 ms、書き込んでいるプロセスが分かる"), ("docker-hang", "storage-hang-dstate", "containerd-shim-deadlock", "kernel-dstate-memory-reclaim", "disk-io-errors", "cni-plugin-hang-or-lock", "node-memory-starvation"), "processes"),
    ),
    remedies=(
        Remedy("temporary", Text("find the writer and throttle or move it; on clouds raise IOPS or wait for credits", "書き込んでいるプロセスを特定して抑制・移動する。クラウドでは IOPS を上げるかクレジット回復を待つ"), Text("moving a pod restarts it", "Pod の移動は再起動を伴う"), "iotop -boqn 3", "cat /proc/pressure/io"),
        Remedy("permanent", Text("faster volume type with provisioned IOPS, separate disks for etcd, images and logs, log rate limits", "プロビジョンド IOPS の高速ディスク、etcd・イメージ・ログのディスク分離、ログ出力の制限"), Text("new disks or nodes", "ディスクやノードの入れ替えを伴う"), verify="iostat -xz 1 3", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", "du and find on following dirs took 1m4.210312s: [/var/lib/docker/overlay2/3f1c /var/lib/docker/containers/9a7e]"),
        hit("kubelet", "du and find on following dirs took 3.180398297s: [/var/lib/docker/overlay/81e2]"),
        hit("kubelet", "fs: disk usage and inodes count on following dirs took 31.004122s: [/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/77/fs]; will not log again for this container unless duration exceeds 2s"),
        hit("k8s-event", "operation timeout: context deadline exceeded", "ContainerGCFailed"),
        hit("kernel", "INFO: task jbd2/sda1-8:312 blocked for more than 120 seconds."),
        hit("k8s-event", "INFO: task jbd2/vda1-8:402 blocked for more than 120 seconds.", "TaskHung"),
        hit("kernel", " blkdev_issue_flush+0x58/0x90"),
        hit("shell", "%Cpu(s):  2.1 us,  3.0 sy,  0.0 ni,  4.4 id, 90.2 wa,  0.0 hi,  0.3 si,  0.0 st"),
        hit("shell", "AWS/EBS BurstBalance vol-0f1e Average 0.0 Percent"),
        hit("kubelet", "Killing cmd [ionice -c3 nice -n 19 du -s /var/lib/docker/overlay2/9f21/diff] due to timeout(2m0s)"),
        hit("kubelet", "failed to collect filesystem stats - rootDiskErr: du command failed: failed to exec du - output: , stderr: , err: signal: killed"),
        near_miss("kernel", "INFO: task runc:[2:INIT]:4410 blocked for more than 120 seconds."),
        near_miss("k8s-event", "INFO: task dockerd:20744 blocked for more than 120 seconds.", "TaskHung"),
        near_miss("kernel", " nfs_file_fsync+0xa1/0x170 [nfs]"),
        near_miss("kernel", "nfs: server nas.lab.example not responding, still trying"),
        near_miss("shell", "%Cpu(s): 92.1 us,  3.0 sy,  0.0 ni,  4.4 id,  0.2 wa,  0.0 hi,  0.3 si,  0.0 st"),
        near_miss("kubelet", "operation timeout: context deadline exceeded"),
    ),
    versions="all",
    references=(
        "https://github.com/google/cadvisor/blob/master/container/common/fsHandler.go",
        "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-io-characteristics.html",
    ),
)
