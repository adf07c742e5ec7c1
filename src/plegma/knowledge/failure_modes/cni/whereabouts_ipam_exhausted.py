"""whereabouts has no free address for the extra network."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="whereabouts-ipam-exhausted",
    layer="cni",
    role="cause",
    subject="Cluster",
    title=Text("whereabouts' range is used up", "whereabouts の範囲を使い切っている"),
    summary=Text(
        "The cluster-wide range of an extra network has no free address: too small, excluded to nothing, or full of reservations of pods that are gone (node lost, forced deletion; DELs that could not reach the API). Only pods that ask for this network fail.",
        "追加ネットワークのクラスター共通の範囲に空きがない。範囲が小さい、除外範囲で埋まっている、または消えた Pod の予約(ノード喪失、強制削除、API に届かなかった DEL)で埋まっている。このネットワークを要求する Pod だけが失敗する。",
    ),
    signatures=(
        Signature(r"[Cc]ould not allocate IP in range: ", component="cni", proof="states", source="whereabouts pkg/allocate AssignmentError"),
        Signature(r"[Ee]rror at storage engine: ", component="cni", proof="suggests", source="whereabouts cmd; also API errors and time-outs"),
    ),
    leads_to=(Link("sandbox-creation-failing", "cluster", Text("the delegate of the extra network gets no address", "追加ネットワークの delegate がアドレスを得られない"), strength=0.95),),
    asks=(
        Ask("kubectl get ippools.whereabouts.cni.cncf.io,overlappingrangeipreservations -A -o yaml | grep -cE 'podref|podRef'; kubectl get pods -A -o wide | wc -l",
            Text("as many allocations as the range holds, some with a podref that does not exist", "範囲と同数の割り当てがあり、存在しない Pod の podref が含まれる"), ("host-local-ipam-exhausted", "multus-nad-config-error"), "cni-ipam-state"),
    ),
    remedies=(
        Remedy("temporary", Text("Run the ip-reconciler or delete allocations of pods that are gone.", "ip-reconciler を実行する、または消えた Pod の割り当てを削除する。"), Text("deleting an address in use makes a duplicate", "使用中のアドレスを消すと重複する"),
               command="kubectl -n kube-system get ippools.whereabouts.cni.cncf.io -o yaml", verify="kubectl -n {namespace} get pods -o wide", risk_level="disruptive"),
        Remedy("permanent", Text("A larger range, the reconciler on a schedule, whereabouts 0.6 or later.", "範囲を広げ、reconciler を定期実行し、whereabouts 0.6 以降にする。"), Text("none", "なし"),
               verify="kubectl get net-attach-def -A -o yaml | grep range", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", '[shop/web-0/77aa:storage-net]: error adding container to network "storage-net": error at storage engine: Could not allocate IP in range: ip: 10.20.0.151 / - 10.20.0.154 / range: 10.20.0.0/24', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'error adding container to network "storage-net": Error at storage engine: k8s get error: connection refused', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "no IP addresses available in range set: 10.20.0.1-10.20.0.254", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "cannot find a network-attachment-definition (storage-net) in namespace (shop)", reason="FailedCreatePodSandBox"),
    ),
    versions="whereabouts, all versions",
    references=("https://github.com/k8snetworkplumbingwg/whereabouts", "https://github.com/k8snetworkplumbingwg/whereabouts/issues/275"),
)
