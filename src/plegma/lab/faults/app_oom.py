"""The container outgrows its memory limit and the kernel kills it."""

from plegma.lab.effects import ContainerExits
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="app-oom",
    truth="app-oomkilled",
    layer="pod",
    title="The container outgrows its memory limit and the kernel kills it",
    effects=(
        ContainerExits(
            137,
            45,
            "OOMKilled",
            kernel=(
                "node invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=968",
                "memory: usage 131072kB, limit 131072kB, failcnt 318",
                "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset={id},mems_allowed=0,oom_memcg=/kubepods/burstable/pod{uid},task_memcg=/kubepods/burstable/pod{uid}/{id},task=node,pid=14033,uid=1000",
                "Memory cgroup out of memory: Killed process 14033 (node) total-vm:812340kB, anon-rss:127204kB, file-rss:1020kB, shmem-rss:0kB, UID:1000 pgtables:612kB oom_score_adj:968",
            ),
        ),
    ),
)
