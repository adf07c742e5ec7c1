"""The kernel waits for ever for a network device that still has a reference."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-netdev-refcount-leak",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("a leaked reference keeps the kernel from removing a network device", "参照カウントのリークにより、カーネルがネットワークデバイスを削除できない"),
    summary=Text(
        "When a pod's network namespace is torn down the kernel waits until nobody refers to its devices. A leaked reference makes it wait for ever, holding the lock that all other network-namespace work needs: pods cannot be created or removed, docker and CNI calls hang.",
        "Pod のネットワーク名前空間を削除するとき、カーネルはデバイスへの参照がなくなるのを待つ。参照がリークすると永遠に待ち続け、他のネットワーク名前空間の操作に必要なロックも保持するため、Pod の作成・削除、docker や CNI の呼び出しが止まる。",
    ),
    signatures=(
        Signature(r"unregister_netdevice: waiting for \S+ to become free", component="kernel", proof="states", source="net/core/dev.c"),
        Signature(r"unregister_netdevice: waiting for \S+ to become free", reason=r"UnregisterNetDevice|FrequentUnregisterNetDevice", proof="states", source="node-problem-detector config/kernel-monitor.json"),
        Signature(r"Workqueue: netns cleanup_net", component="kernel", proof="suggests", source="net/core/net_namespace.c: the worker that takes network namespaces down, seen blocked"),
        Signature(r"\b(copy_net_ns|cleanup_net)\+0x", component="kernel", proof="suggests", source="net/core/net_namespace.c: tasks that wait for net_mutex or pernet_ops_rwsem"),
    ),
    states=(StateTest("Condition", {"type": r"^FrequentUnregisterNetDevice$", "status": r"^True$"}, proof="states"),),
    leads_to=(
        Link("docker-hang", "node", Text("a container's stop or start waits in the kernel for net_mutex or rtnl", "コンテナの停止・起動がカーネル内で net_mutex・rtnl を待つ"), strength=0.5),
        Link("cni-plugin-hang-or-lock", "node", Text("plugins that touch devices wait for the rtnl lock", "デバイスを操作するプラグインが rtnl ロックを待つ"), strength=0.5),
        Link("sandbox-kill-failing", "node", Text("tear-down of the network namespace does not end", "ネットワーク名前空間の削除が終わらない"), strength=0.6),
        Link("sandbox-creation-failing", "node", Text("making a network namespace waits for the same lock", "ネットワーク名前空間の作成が同じロックを待つ"), strength=0.5),
        Link("cri-call-timeout", "node", Text("runtime calls wait in the kernel", "ランタイムの呼び出しがカーネル内で待たされる"), strength=0.5),
        Link("pod-stuck-terminating", "node", Text("deleted pods wait for their sandbox to go", "削除された Pod が sandbox の削除を待つ"), strength=0.7),
        Link("pleg-unhealthy", "node", Text("list and inspect queue up behind the hanging call", "ハングした呼び出しの後ろで一覧・状態取得が滞る"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the kernel wrote other lines minutes later and no more of these, which come every 10 s while it waits: the device was freed", "待機中は 10 秒ごとに出るこの行が途絶え、数分後にはカーネルが別の行を書いている。デバイスは解放された"),
                   state=StateTest("DeviceFreed", {"seconds": ">=120"}), weight=0.7),
    ),
    asks=(
        Ask("dmesg -T | grep unregister_netdevice | tail -3; uname -r; ps -eo pid,stat,wchan:32,args | grep ' D'  # on {node}",
            Text("the same line every 10 s up to now, with the same count; processes in D in netns or rtnl functions", "同じ行が 10 秒ごとに現在まで続き、Usage count も同じ。netns・rtnl 関連の関数で D 状態のプロセスがある"),
            ("docker-hang", "cni-plugin-hang-or-lock", "storage-hang-dstate"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("drain the node and reboot it: nothing else drops the reference", "ノードを drain して再起動する(他に参照を外す手段はない)"), Text("all pods of the node move; an orderly shutdown may hang and need a reset", "ノード上の全 Pod が移動する。通常のシャットダウンが固まり、リセットが必要なことがある"),
               "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data --force && ssh {node} 'systemctl reboot'", "dmesg -T | grep -c unregister_netdevice  # on {node}, 0 after the boot", "disruptive"),
        Remedy("permanent", Text("a kernel with the fix for that leak (several different ones were mended in 4.x and 5.x)", "該当リークの修正を含むカーネルへ更新する(4.x・5.x で複数の原因が修正されている)"), Text("a reboot per node", "ノードごとに再起動が必要"), "", "uname -r  # on {node}", "disruptive"),
    ),
    versions="all kernels now and then; frequent on 3.10 to 4.15. A few lines that stop within a minute are harmless",
    references=("https://github.com/moby/moby/issues/5618", "https://github.com/moby/moby/issues/37222"),
    examples=(
        hit("kernel", "unregister_netdevice: waiting for lo to become free. Usage count = 1"),
        hit("kernel", "unregister_netdevice: waiting for vethf3e1a90 to become free. Usage count = 2"),
        hit("k8s-event", "unregister_netdevice: waiting for eth0 to become free. Usage count = 1", reason="UnregisterNetDevice"),
        hit("kernel", "Workqueue: netns cleanup_net"),
        hit("kernel", " copy_net_ns+0xa3/0x1c0"),
        near_miss("kernel", "docker0: port 3(vethf3e1a90) entered disabled state"),
        near_miss("kernel", "device vethf3e1a90 left promiscuous mode"),
    ),
    state_examples=(StateExample("Condition", {"type": "FrequentUnregisterNetDevice", "status": "True"}, True),),
)
