"""What the kernel says, by the versions' own sources; {fields} are what the model knows."""

from collections.abc import Mapping

Table = Mapping[str, tuple[str, ...]]

TABLE_FULL = ("nf_conntrack: nf_conntrack: table full, dropping packet", "net_ratelimit: 218 callbacks suppressed")
KILLED = "total-vm:{virtual}kB, anon-rss:{anon}kB, file-rss:{file}kB, shmem-rss:0kB"

NFS = {
    "server-gone": ("nfs: server {server} not responding, still trying",),
    "server-back": ("nfs: server {server} OK",),
}
MUTE = '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.'
BLOCKED = "INFO: task {command}:{pid} blocked for more than 120 seconds."
ABORTED = ("Buffer I/O error on dev {disk}1, logical block 0, lost sync page write", "Aborting journal on device {disk}1-8.")
READ_ONLY = "EXT4-fs ({disk}1): Remounting filesystem read-only"

# fmt: off
EL7: Table = {
    **NFS,
    "table-full": TABLE_FULL,
    "write-lost": (
        "blk_update_request: I/O error, dev {disk}, sector {sector}",
        "Buffer I/O error on dev {disk}1, logical block {block}, lost async page write",
        "EXT4-fs warning (device {disk}1): ext4_end_bio:316: I/O error -5 writing to inode {inode} "
        "(offset 0 size 4096 starting block {next})",
    ),
    "journal-aborted": (*ABORTED, "EXT4-fs error (device {disk}1): ext4_journal_check_start:56: Detected aborted journal", READ_ONLY),
    "hung-statfs": (
        BLOCKED, MUTE, "{padded} D ffff8f1b3fd1ac80     0 {pid}      1 0x00000084", "Call Trace:",
        " [<ffffffffc05b1c60>] ? rpc_put_task+0x10/0x10 [sunrpc]", " [<ffffffffb6f67bc9>] schedule+0x29/0x70",
        " [<ffffffffc05b1c84>] rpc_wait_bit_killable+0x24/0xb0 [sunrpc]", " [<ffffffffb6f65f57>] __wait_on_bit+0x67/0x90",
        " [<ffffffffc05b3d04>] __rpc_execute+0x154/0x430 [sunrpc]", " [<ffffffffc06a2d1b>] nfs4_call_sync_sequence+0x6b/0xa0 [nfsv4]",
        " [<ffffffffc0664c2b>] nfs_statfs+0x6b/0x1a0 [nfs]",
    ),
    "hung-flush": (
        BLOCKED, MUTE, "{padded} D ffff8f1b3fd1ac80     0 {pid}      1 0x00000084", "Call Trace:",
        " [<ffffffffb6f67bc9>] schedule+0x29/0x70", " [<ffffffffb6f654d1>] schedule_timeout+0x221/0x2d0",
        " [<ffffffffb6f672bd>] io_schedule_timeout+0xad/0x130", " [<ffffffffb69a8c41>] wait_on_page_bit+0x81/0xa0",
        " [<ffffffffb69a8d21>] __filemap_fdatawait_range+0x111/0x190", " [<ffffffffb69ab6c6>] filemap_write_and_wait_range+0x56/0x90",
        " [<ffffffffc0671d6a>] nfs_wb_all+0x1a/0x100 [nfs]", " [<ffffffffc06b0c9a>] nfs4_file_flush+0x8a/0xb0 [nfsv4]",
        " [<ffffffffb6a1a0d7>] filp_close+0x37/0x90",
    ),
    "oom-kill": (
        "{command} invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj={adjusted}",
        "{command} cpuset={id} mems_allowed=0",
        "Task in /kubepods/burstable/pod{uid}/{id} killed as a result of limit of /kubepods/burstable/pod{uid}/{id}",
        "memory: usage {usage}kB, limit {limit}kB, failcnt {failed}",
        "Memory cgroup out of memory: Kill process {pid} ({command}) score {score} or sacrifice child",
        "Killed process {pid} ({command}) " + KILLED,
    ),
}
"""mm/oom_kill.c, mm/memcontrol.c, block/blk-core.c, fs/ext4 and kernel/hung_task.c of 3.10; stacks are of nfs_statfs and of close()."""

NEW: Table = {
    **NFS,
    "table-full": TABLE_FULL,
    "write-lost": (
        "I/O error, dev {disk}, sector {sector} op 0x1:(WRITE) flags 0x800 phys_seg 4 prio class 2",
        "Buffer I/O error on dev {disk}1, logical block {block}, lost async page write",
        "EXT4-fs warning (device {disk}1): ext4_end_bio:343: I/O error 10 writing to inode {inode} starting block {next})",
    ),
    "journal-aborted": (
        *ABORTED, "EXT4-fs error (device {disk}1): ext4_journal_check_start:83: comm {writer}: Detected aborted journal", READ_ONLY,
    ),
    "hung-statfs": (
        BLOCKED, "      Not tainted 6.8.0-60-generic #63-Ubuntu", MUTE,
        "task:{padded} state:D stack:0     pid:{pid}  tgid:{pid}  ppid:1      flags:0x00004002", "Call Trace:", " <TASK>",
        " __schedule+0x27c/0x6b0", " schedule+0x33/0x110", " rpc_wait_bit_killable+0x11/0x80 [sunrpc]", " __wait_on_bit+0x42/0x110",
        " __rpc_execute+0x13d/0x500 [sunrpc]", " nfs4_call_sync_sequence+0x76/0xb0 [nfsv4]", " nfs_statfs+0x6e/0x1a0 [nfs]", " </TASK>",
    ),
    "hung-flush": (
        BLOCKED, "      Not tainted 6.8.0-60-generic #63-Ubuntu", MUTE,
        "task:{padded} state:D stack:0     pid:{pid}  tgid:{pid}  ppid:1      flags:0x00004002", "Call Trace:", " <TASK>",
        " __schedule+0x27c/0x6b0", " schedule+0x33/0x110", " io_schedule+0x46/0x80", " folio_wait_bit_common+0x136/0x330",
        " folio_wait_writeback+0x2c/0xa0", " __filemap_fdatawait_range+0x90/0x100", " filemap_write_and_wait_range+0x9b/0xc0",
        " nfs_wb_all+0x2a/0x130 [nfs]", " nfs4_file_flush+0x7e/0xc0 [nfsv4]", " filp_flush+0x35/0x90", " </TASK>",
    ),
    "oom-kill": (
        "{command} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj={adjusted}",
        "memory: usage {usage}kB, limit {limit}kB, failcnt {failed}",
        "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset={id},mems_allowed=0,oom_memcg=/kubepods/burstable/pod{uid}/{id},"
        "task_memcg=/kubepods/burstable/pod{uid}/{id},task={command},pid={pid},uid=1000",
        "Memory cgroup out of memory: Killed process {pid} ({command}) " + KILLED + ", UID:1000 pgtables:612kB oom_score_adj:{adjusted}",
    ),
}
"""The same of 6.8."""

# fmt: on
OLDER: Table = {
    **NEW,
    "write-lost": (
        "blk_update_request: I/O error, dev {disk}, sector {sector} op 0x1:(WRITE) flags 0x800 phys_seg 4 prio class 0",
        *NEW["write-lost"][1:],
    ),
    **{
        what: tuple(line.replace("6.8.0-60-generic #63-Ubuntu", "5.15.0-113-generic #123-Ubuntu") for line in NEW[what])
        for what in ("hung-statfs", "hung-flush")
    },
}
"""And of 5.15, whose block layer still names its function."""

KERNELS: Mapping[str, tuple[str, Table]] = {
    "v1.12": ("Linux version 3.10.0-862.14.4.el7.x86_64 (mockbuild@kbuilder.example.com) #1 SMP", EL7),
    "v1.28": ("Linux version 5.15.0-113-generic (buildd@builder) #123-Ubuntu SMP", OLDER),
    "v1.36": ("Linux version 6.8.0-60-generic (buildd@builder) #63-Ubuntu SMP PREEMPT_DYNAMIC", NEW),
}
"""What a node of a profile boots: its first line, and what it says."""
