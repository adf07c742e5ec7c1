"""What the kernel says, by the versions' own sources; {fields} are what the model knows."""

from collections.abc import Mapping

Table = Mapping[str, tuple[str, ...]]

TABLE_FULL = ("nf_conntrack: nf_conntrack: table full, dropping packet", "net_ratelimit: 218 callbacks suppressed")
KILLED = "total-vm:{virtual}kB, anon-rss:{anon}kB, file-rss:{file}kB, shmem-rss:0kB"

EL7: Table = {
    "table-full": TABLE_FULL,
    "oom-kill": (
        "{command} invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj={adjusted}",
        "{command} cpuset={id} mems_allowed=0",
        "Task in /kubepods/burstable/pod{uid}/{id} killed as a result of limit of /kubepods/burstable/pod{uid}/{id}",
        "memory: usage {usage}kB, limit {limit}kB, failcnt {failed}",
        "Memory cgroup out of memory: Kill process {pid} ({command}) score {score} or sacrifice child",
        "Killed process {pid} ({command}) " + KILLED,
    ),
}
"""mm/oom_kill.c and mm/memcontrol.c of 3.10."""

NEW: Table = {
    "table-full": TABLE_FULL,
    "oom-kill": (
        "{command} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj={adjusted}",
        "memory: usage {usage}kB, limit {limit}kB, failcnt {failed}",
        "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset={id},mems_allowed=0,oom_memcg=/kubepods/burstable/pod{uid}/{id},"
        "task_memcg=/kubepods/burstable/pod{uid}/{id},task={command},pid={pid},uid=1000",
        "Memory cgroup out of memory: Killed process {pid} ({command}) " + KILLED + ", UID:1000 pgtables:612kB oom_score_adj:{adjusted}",
    ),
}
"""The same of 5.15 and 6.8."""
