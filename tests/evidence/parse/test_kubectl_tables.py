# ruff: noqa: E501 - the output of tools stands as they print it
"""`kubectl get` of nodes, workloads, storage and services; `kubectl top`."""

from readings import events, kinds, parts, states


def test_nodes_wide() -> None:
    text = (
        "NAME   STATUS                        ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE                         KERNEL-VERSION   CONTAINER-RUNTIME\n"
        "wk-3   NotReady,SchedulingDisabled   <none>   37m   v1.18.2   10.0.0.3      <none>        Debian GNU/Linux 11 (bullseye)   5.10.0           docker://19.3.1\n"
    )
    (node,) = states(text, "Node")
    assert dict(node.attrs) == {
        "status": "NotReady,SchedulingDisabled",
        "version": "v1.18.2",
        "os": "Debian GNU/Linux 11 (bullseye)",
        "kernel": "5.10.0",
        "runtime": "docker://19.3.1",
        "ready": "False",
        "unschedulable": True,
    }
    assert dict(node.refs) == {"node": "wk-3"}
    assert parts(text)[0].evidence == ("node-list",)


def test_a_nodes_row_that_a_grep_left_without_header() -> None:
    (node,) = states("wk-3   NotReady   worker   37m   v1.18.2\n", "Node")
    assert (node.refs["node"], node.attrs["ready"]) == ("wk-3", "False")


def test_get_all_prints_one_table_after_the_other() -> None:
    text = (
        "$ kubectl -n billing get all\nNAME           READY   STATUS    RESTARTS   AGE\npod/ledger-0   0/1     Pending   0          5m\n\n"
        "NAME                 TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nservice/kubernetes   ClusterIP   10.96.0.1    <none>        443/TCP   20d\n\n"
        "NAME                  READY   UP-TO-DATE   AVAILABLE   AGE\ndeployment.apps/api   1/3     1            1           75s\n\n"
        "NAME                             DESIRED   CURRENT   READY   AGE\nreplicaset.apps/api-7cf95755b4   3         3         1       75s\n\n"
        "NAME                      READY   AGE\nstatefulset.apps/ledger   0/1     5m\n"
    )
    assert states(text, "Pod")[0].refs["pod"] == "ledger-0"
    assert dict(states(text, "Service")[0].attrs) == {"type": "ClusterIP", "cluster_ip": "10.96.0.1", "ports": "443/TCP"}
    deployment, replicas, stateful = states(text, "Workload")
    assert dict(deployment.attrs) == {"kind": "Deployment", "updated": 1, "available": 1, "ready": 1, "desired": 3}
    assert dict(replicas.attrs) == {"kind": "ReplicaSet", "desired": 3, "current": 3, "ready": 1}
    assert dict(stateful.attrs) == {"kind": "StatefulSet", "ready": 0, "desired": 1}
    assert dict(stateful.refs) == {"namespace": "billing", "workload": "statefulset/ledger"}


def test_a_daemonset_without_prefix() -> None:
    text = (
        "NAME         DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE\n"
        "node-agent   2         2         1       2            1           <none>          37m\n"
    )
    (workload,) = states(text, "Workload")
    assert dict(workload.attrs) == {"kind": "DaemonSet", "desired": 2, "current": 2, "ready": 1, "updated": 2, "available": 1}


def test_a_claim_without_volume_keeps_its_columns_apart() -> None:
    text = (
        "NAMESPACE   NAME            STATUS    VOLUME    CAPACITY   ACCESS MODES   STORAGECLASS   AGE\n"
        "billing     data-ledger-0   Pending                                       fast           5m\n"
        "billing     data-ledger-1   Bound     pvc-1a2   5Gi        RWO            fast           5m\n"
    )
    pending, bound = states(text, "Volume")
    assert dict(pending.attrs) == {
        "kind": "PersistentVolumeClaim", "phase": "Pending", "storage_class": "fast", "claim": "billing/data-ledger-0",
    }  # fmt: skip
    assert pending.refs["volume"] == "data-ledger-0"
    assert (bound.refs["volume"], bound.attrs["capacity"], bound.attrs["access_modes"]) == ("pvc-1a2", "5Gi", "RWO")


def test_volumes_attachments_endpoints_and_leases() -> None:
    text = (
        "NAME      CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS     CLAIM                   STORAGECLASS   REASON   AGE\n"
        "pvc-1a2   5Gi        RWO            Delete           Released   billing/data-ledger-1   fast                    5m\n\n"
        "NAME      ATTACHER      PV        NODE   ATTACHED   AGE\ncsi-abc   csi.example   pvc-1a2   wk-3   false      5m\n\n"
        "NAME     ENDPOINTS         AGE\nledger   <none>            5m\napi      10.80.7.3:8080   5m\n\n"
        "NAME   HOLDER   AGE\nwk-3   wk-3     5m\n"
    )
    volume, attachment = states(text, "Volume")
    assert (volume.attrs["phase"], volume.attrs["claim"]) == ("Released", "billing/data-ledger-1")
    assert (attachment.attrs["phase"], attachment.refs["node"]) == ("Detached", "wk-3")
    assert [service.attrs["endpoints"] for service in states(text, "Service")] == ["<none>", "10.80.7.3:8080"]
    assert states(text, "Lease")[0].refs["node"] == "wk-3"


def test_an_unhealthy_component_is_what_the_api_server_found() -> None:
    text = (
        "NAME                 STATUS      MESSAGE                                           ERROR\n"
        'controller-manager   Unhealthy   Get http://127.0.0.1:10252/healthz: dial tcp: refused\netcd-0               Healthy     {"health":"true"}\n'
    )
    (said,) = events(text, "kube-apiserver")
    assert (said.reason, said.message) == ("Unhealthy", "Get http://127.0.0.1:10252/healthz: dial tcp: refused")


def test_a_signing_request_keeps_its_row_also_below_its_command() -> None:
    text = (
        "$ oc get csr\nNAME        AGE   SIGNERNAME                                    REQUESTOR                 CONDITION\n"
        "csr-9m2lp   4m    kubernetes.io/kube-apiserver-client-kubelet   system:bootstrap:q1w2e3   Pending\n"
    )
    assert [event.message.split()[-1] for event in events(text, "shell")] == ["Pending"]


def test_top_nodes_gives_percentages() -> None:
    text = "NAME   CPU(cores)   CPU%   MEMORY(bytes)   MEMORY%\nwk-3   210m         10%    15011Mi         96%\n"
    assert [(metric.attrs["name"], metric.attrs["value"]) for metric in states(text, "Metric")] == [
        ("node_cpu_percent", 10),
        ("node_memory_percent", 96),
    ]


def test_a_table_of_an_unknown_resource_is_placed_without_guessing_what_it_means() -> None:
    text = "$ kubectl get bgppeers\nNAME    PEERIP      NODE            ASN\npeer1   10.0.0.99   (global)        64512\n"
    assert kinds(text) == ["table"]
    assert parts(text)[0].observations == ()


def test_what_kubectl_says_about_its_own_failure_is_the_shells() -> None:
    text = (
        "$ kubectl get pods\nThe connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?\n"
        "$ kubectl get nodes\nUnable to connect to the server: net/http: TLS handshake timeout\n"
        '$ kubectl logs ledger-0\nError from server (BadRequest): container "ledger" in pod "ledger-0" is waiting to start: ContainerCreating\n'
    )
    assert [event.component for event in events(text)] == ["shell"] * 3


def test_the_rows_of_another_programs_table_are_its_words() -> None:
    text = (
        "# kubeadm certs check-expiration\n"
        "CERTIFICATE         EXPIRES                  RESIDUAL TIME   CERTIFICATE AUTHORITY   EXTERNALLY MANAGED\n"
        "etcd-server         Mar 02, 2024 08:00 UTC   <invalid>       etcd-ca                 no\n"
    )
    (row,) = events(text)
    assert (row.component, row.message.split()[0]) == ("shell", "etcd-server")
    assert events("$ kubectl get widgets\nNAME   SPECIES   WEIGHT   COLOUR\na      owl       2        red\n") == []
