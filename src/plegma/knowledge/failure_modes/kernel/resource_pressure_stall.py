"""The kernel's pressure numbers (PSI) show that all tasks stall."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="resource-pressure-stall",
    layer="kernel",
    role="mechanism",
    subject="Node",
    title=Text("tasks stall for want of CPU, memory or disk (PSI)", "CPU・メモリ・ディスク待ちでタスクが停滞している(PSI)"),
    summary=Text(
        "Pressure Stall Information tells the share of time in which tasks waited: \"some\" at least one, \"full\" all of them. A full value of tens of percent for memory or io means that the node is hardly running at all. Which of the three files it came from names the resource.",
        "PSI はタスクが待たされた時間の割合を示す。\"some\" は 1 つ以上、\"full\" は全タスク。memory・io の full が数十 % なら、ノードはほとんど動いていない。3 つのファイルのどれかで不足しているリソースが分かる。",
    ),
    signatures=(
        Signature(r"^\s*full avg10=([2-9]\d|100)\.\d+ avg60=", proof="shows", source="/proc/pressure, cgroup *.pressure"),
        Signature(r"^\s*some avg10=([6-9]\d|100)\.\d+ avg60=", proof="suggests", source="/proc/pressure, cgroup *.pressure"),
    ),
    leads_to=(
        Link("probe-failing", "node", Text("applications and kubelet stall", "アプリケーションと kubelet が停滞する"), strength=0.5),
        Link("cri-call-timeout", "node", Text("the runtime stalls", "ランタイムが停滞する"), strength=0.5),
        Link("pleg-unhealthy", "node", Text("relists take long", "relist に時間がかかる"), strength=0.4),
        Link("node-not-ready", "node", Text("checks are late", "確認が遅れる"), strength=0.3),
    ),
    asks=(
        Ask("for r in cpu memory io; do echo $r; cat /proc/pressure/$r; done; for f in /sys/fs/cgroup/kubepods.slice/*/*/io.pressure; do echo $f $(grep full $f); done | sort -t= -k2 -rn | head  # on {node}",
            Text("io: disk; memory: reclaim or swap; cpu: too many tasks; and the pod that stalls most", "io ならディスク、memory なら回収・スワップ、cpu ならタスク過多。最も停滞している Pod も分かる"),
            ("disk-io-saturation", "node-memory-starvation", "swap-thrash", "node-cpu-starvation", "storage-hang-dstate")),
    ),
    examples=(
        hit("shell", "full avg10=71.22 avg60=64.10 avg300=33.20 total=91231233"),
        hit("shell", "some avg10=93.01 avg60=88.77 avg300=61.00 total=191231233"),
        near_miss("shell", "full avg10=0.12 avg60=0.05 avg300=0.00 total=1231233"),
        near_miss("shell", "some avg10=12.01 avg60=8.77 avg300=1.00 total=1231233"),
    ),
    generic=True,
    versions="kernel 4.20 and later with PSI enabled; kubelet metrics from 1.34 on",
    references=("https://docs.kernel.org/accounting/psi.html", "https://kubernetes.io/docs/reference/instrumentation/understand-psi-metrics/"),
)
