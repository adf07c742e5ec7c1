"""Health is said only where nothing complains; what complains is asked about."""

import pytest
from made import both, catalog, mode

from plegma.engine.complaints import complaints_of, first_looks
from plegma.engine.diagnoses import diagnose
from plegma.engine.matches import matches_of
from plegma.engine.scenes import scene_of
from plegma.evidence.parse.documents import parse_text
from plegma.knowledge.catalog import builtin
from plegma.knowledge.failure_mode import Ask
from plegma.model.diagnosis import Diagnosis


def said(text: str) -> Diagnosis:
    return diagnose(parse_text("paste.txt", text.encode()), builtin())


PODS = "$ kubectl get pods -n shop\nNAME     READY   STATUS      RESTARTS       AGE\n"
NODES = "$ kubectl get nodes\nNAME   STATUS   ROLES    AGE   VERSION\nwk-1   Ready    <none>   90d   v1.29.3\n"
UNIT = """\
● {0} - a unit
     Loaded: loaded (/usr/lib/systemd/system/{0}; enabled; vendor preset: enabled)
     Active: failed (Result: exit-code) since Tue 2025-03-04 10:11:12 UTC; 3min 2s ago
"""
EVENTS = "$ kubectl get events\nLAST SEEN   TYPE      REASON    OBJECT      MESSAGE\n"
STARTS = "".join(f"{at}   Normal   Starting   node/wk-1   Starting kubelet.\n" for at in ("12s", "47s", "82s"))
SERVICES = (
    "$ kubectl get svc\nNAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\ncart   ClusterIP   10.9.0.9   <none>   80/TCP   1h\n"
)
PS = "CONTAINER ID   IMAGE   COMMAND   CREATED         STATUS                         PORTS   NAMES\n"
FREE = "$ curl -m 5 http://10.9.0.9/\ncurl: (28) Connection timed out after 5001 milliseconds\n"
PROBED = "2m          Warning   Unheard   pod/cart-0   the cart has lost a wheel\n"
FELL = "Mar 04 10:11:12 wk-1 systemd[1]: Failed to start etcd.service - etcd.\n"
ROSE = "Mar 04 10:11:22 wk-1 systemd[1]: Started etcd.service - etcd.\n"
CALM = "".join(f"Mar 04 10:11:{n} wk-1 systemd[1]: Started Session {n} of user root.\n" for n in range(13, 17))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (PODS + "cart-0   1/1     Running     3 (42s ago)    13m\n", "kubectl -n shop describe pod cart-0"),
        (PODS + "cart-0   1/1     Running     3              13m\n", "kubectl -n shop describe pod cart-0"),
        (PODS + "cart-0   1/1     Unknown     0              3d\n", "kubectl -n shop describe pod cart-0"),
        (NODES + "wk-2   Unknown  <none>   90d   v1.29.3\n", "kubectl describe node wk-2"),
        ("$ kubectl get deploy\nNAME   READY   UP-TO-DATE   AVAILABLE   AGE\ncart   0/3     3            0           1h\n",
         "kubectl describe deployment/cart"),
        ("$ kubectl get jobs\nNAME    STATUS   COMPLETIONS   DURATION   AGE\nclose   Failed   0/1           10m        10m\n",
         "kubectl describe job/close"),
        (UNIT.format("docker-storage-setup.service"), "systemctl status docker-storage-setup.service --no-pager -l"),
        (EVENTS + PROBED, "kubectl describe pod cart-0"),
        (FELL + CALM, "systemctl --failed"),
        (PS + "1f1a4d2b2c11   cart    \"/cart\"   3 minutes ago   Restarting (1) 5 seconds ago   cart\n", "crictl logs 1f1a4d2b2c11"),
        ("$ crictl pods\nPOD ID          CREATED         STATE      NAME     NAMESPACE   ATTEMPT   RUNTIME\n"
         "aa11bb22cc33d   2 minutes ago   NotReady   cart-0   shop        14        (default)\n", "kubectl -n shop describe pod cart-0"),
        (PS + "1f1a4d2b2c11   cart    \"/cart\"   3 days ago   Up 3 days (unhealthy)   cart\n", "crictl logs 1f1a4d2b2c11"),
        (NODES + FREE, "kubectl describe node wk-1"),
    ],
)  # fmt: skip
def test_what_no_mode_knows_is_asked_about(text: str, asked: str) -> None:
    found = said(text)
    assert (found.verdict, found.hypotheses) == ("insufficient", ())
    assert found.gaps[0].command.startswith(asked)


@pytest.mark.parametrize(
    "text",
    [
        PODS + "cart-0   1/1     Running     2 (40d ago)    60d\ndone-0   0/1     Completed   0              3d\n",
        PODS + "cart-0   1/1     Running     3 (17m ago)    20m\n",
        PODS + "cart-0   1/1     Running     2              60d\n",
        PODS + "cart-0   1/1     Running     4              90m\n",
        NODES,
        "$ kubectl get deploy\nNAME   READY   UP-TO-DATE   AVAILABLE   AGE\ncart   3/3     3            3           1h\n",
        "$ kubectl get jobs\nNAME    STATUS    COMPLETIONS   DURATION   AGE\nclose   Running   0/1           10s        10s\n",
        NODES + UNIT.format("motd-news.service"),
        NODES + FREE.replace("curl: (28) Connection timed out after 5001 milliseconds", "pong"),
        PS + '1f1a4d2b2c11   cart    "/cart"   3 days ago   Up 3 days (healthy)   cart\n',
        NODES + FELL + ROSE + CALM,
        PODS + "cart-0   1/1     Running     0              3d\n" + EVENTS + PROBED,
        NODES + EVENTS + PROBED.replace("2m ", "40m") + "1m          Normal    Pulled    pod/wheel   Successfully pulled image\n",
    ],
)
def test_what_is_well_stays_healthy(text: str) -> None:
    assert said(text).verdict == "healthy"


DESCRIBED = """\
$ kubectl describe pod cart-0 -n shop
Name:         cart-0
Namespace:    shop
Node:         wk-1/10.1.1.1
Status:       Running
Containers:
  cart:
    Container ID:   docker://1f1a4d2b2c11aa11bb22cc33d1f1a4d2b2c11aa11bb22cc33d1f1a4d2b2c11aa
    State:          Running
      Started:      Tue, 04 Mar 2025 {0} +0000
    Ready:          True
    Restart Count:  3
"""
NOW = "\n$ journalctl -u kubelet -o short-iso\n2025-03-04T10:11:12+0000 wk-1 systemd[1]: Started Session 7 of user root.\n"


def test_a_pod_that_restarted_often_is_well_when_its_containers_have_run_for_long() -> None:
    row = PODS + "cart-0   1/1     Running     3              25m\n\n"
    assert said(row + DESCRIBED.format("09:56:12") + NOW).verdict == "healthy"
    assert said(row + DESCRIBED.format("10:08:12") + NOW).verdict == "insufficient"


def test_services_alone_tell_no_health() -> None:
    assert said(SERVICES).verdict == "insufficient"
    assert said(SERVICES + NODES).verdict == "healthy"


def test_the_settings_of_a_docker_that_answers_tell_no_health_nor_does_a_list_without_rows_beside_them() -> None:
    info = (
        "$ docker info\nContainers: 9\n Running: 4\nImages: 5\nServer Version: 24.0.7\nStorage Driver: overlay2\nCgroup Driver: systemd\n"
    )
    assert said(info).verdict == "insufficient"
    assert said("$ docker network ls\nNETWORK ID   NAME   DRIVER   SCOPE\n" + info).verdict == "insufficient"
    assert said(NODES + info).verdict == "healthy"


def test_a_refusal_that_is_a_line_of_its_own_complains_among_any_number_of_others() -> None:
    steps = "$ kubeadm join 10.9.0.9:6443\n[discovery] Trying to connect\n[discovery] Connected\n[kubelet] Downloading the configuration\n"
    assert said(NODES + steps + "Unauthorized\n").verdict == "insufficient"
    assert said(NODES + steps + "Nobody is unauthorized here, all is as it was\n").verdict == "healthy"


def test_a_kubelet_that_starts_again_and_again_is_not_well() -> None:
    assert said(NODES + EVENTS + STARTS).verdict == "insufficient"


def test_starts_that_lie_far_apart_or_back_are_nothing() -> None:
    later = "1s          Normal   NodeReady   node/wk-1   Node wk-1 status is now: NodeReady\n"
    for old in (("12s", "47m", "82m"), ("31m", "32m", "33m")):
        rows = "".join(f"{at}   Normal   Starting   node/wk-1   Starting kubelet.\n" for at in old)
        assert said(NODES + EVENTS + rows + later).verdict == "healthy"


STOP = """\
Mar 04 10:11:12 wk-1 systemd[1]: Stopping kubelet: The Kubernetes Node Agent...
Mar 04 10:11:12 wk-1 systemd[1]: kubelet.service: Deactivated successfully.
Mar 04 10:11:12 wk-1 systemd[1]: Stopped kubelet: The Kubernetes Node Agent.
"""


def test_a_stop_with_a_start_after_it_is_over() -> None:
    assert [h.cause for h in said(STOP).hypotheses] == ["kubelet-stopped"]
    assert said(STOP + "Mar 04 10:11:13 wk-1 systemd[1]: Started kubelet: The Kubernetes Node Agent.\n").hypotheses == ()
    other = "Mar 04 10:11:13 wk-1 systemd[1]: Started containerd container runtime.\n"
    assert [h.cause for h in said(STOP + other).hypotheses] == ["kubelet-stopped"]


@pytest.mark.parametrize(
    ("row", "modes"),
    [("cart-0   0/1     Error      0   13m\n", ["pod-not-ready"]), ("cart-0   0/1     Init:0/2   0   13m\n", ["pod-stuck-creating"])],
)
def test_a_row_that_many_causes_could_bring_names_none(row: str, modes: list[str]) -> None:
    found = said(PODS + row)
    assert (found.verdict, [s.mode for s in found.symptoms]) == ("insufficient", modes)


def test_a_scheduler_that_serves_no_insecure_port_is_not_called_down() -> None:
    told = 'scheduler            Unhealthy   Get "http://127.0.0.1:10251/healthz": dial tcp 127.0.0.1:10251: connect: connection refused\n'
    found = said("$ kubectl get cs\nNAME                 STATUS      MESSAGE   ERROR\n" + told + "etcd-0               Healthy     ok\n")
    assert found.verdict == "insufficient" or all(h.confidence == "possible" for h in found.hypotheses)


LOCKED = """\
apiVersion: v1
kind: Endpoints
metadata:
  name: cart
  namespace: shop
  annotations:
    {0}: "{{}}"
subsets: []
"""
ENDPOINTS = "\n$ kubectl get endpoints -n shop\nNAME   ENDPOINTS   AGE\ncart   {0}   1h\n"
RUNNING = PODS + "cart-0   1/1     Running     0              13m\n"


@pytest.mark.parametrize(
    "text",
    [
        RUNNING + "\n$ kubectl get ep cart -n shop -o yaml\n" + LOCKED.format("lab.example/note"),
        RUNNING + "\n" + SERVICES.replace("get svc", "get svc -n shop") + ENDPOINTS.format("<none>"),
    ],
)
def test_a_service_without_an_address_beside_running_pods_is_not_well(text: str) -> None:
    found = said(text)
    assert (found.verdict, found.gaps[0].command) == ("insufficient", "kubectl -n shop describe service/cart")


@pytest.mark.parametrize(
    "text",
    [
        RUNNING + "\n$ kubectl get ep cart -n shop -o yaml\n" + LOCKED.format("control-plane.alpha.kubernetes.io/leader"),
        RUNNING + "\n" + SERVICES.replace("get svc", "get svc -n shop") + ENDPOINTS.format("10.2.0.4:80"),
        RUNNING + "\n" + SERVICES.replace("get svc", "get svc -n shop").replace("10.9.0.9", "None    ") + ENDPOINTS.format("<none>"),
        RUNNING + ENDPOINTS.format("<none>"),
    ],
)
def test_locks_and_headless_services_have_no_address_and_are_well(text: str) -> None:
    assert said(text).verdict == "healthy"


CALM_LINE = "I0304 10:11:{0:02}.000000       1 wheel.go:7] wheel turns\n"
ILL_LINE = "E0304 10:12:00.000000       1 wheel.go:9] wheel is square\n"


def test_a_short_excerpt_that_ends_on_an_error_is_not_called_healthy() -> None:
    calm = "".join(CALM_LINE.format(n) for n in range(9))
    assert said(calm + ILL_LINE).verdict == "insufficient"
    assert said(ILL_LINE.replace("10:12", "10:10") + calm).verdict == "healthy"
    assert said("".join(CALM_LINE.format(n) for n in range(40)) + ILL_LINE).verdict == "healthy"


def test_a_line_that_a_mode_knows_is_asked_about_in_that_modes_words() -> None:
    wheel = mode("wheel", "mechanism", "Node", "wheel is square", asks=(Ask("kubectl logs wheel", both("it turns"), evidence="pod-log"),))
    scene = scene_of(parse_text("paste.txt", ILL_LINE.encode()))
    matches, complaints = matches_of(scene, catalog([wheel])), complaints_of(scene, scene, ())
    (gap,) = first_looks(scene, complaints, matches)
    assert (gap.command, "no known sign" in gap.text.en) == ("kubectl logs wheel", False)
    (gap,) = first_looks(scene, complaints)
    assert "no known sign" in gap.text.en


def test_a_runtime_known_by_its_wording_tells_no_health() -> None:
    line = 'time="2025-03-04T10:11:12Z" level={0} msg="running container: failed to pull and unpack image \\"reg.example/cart:1\\": {1}"\n'
    assert said(line.format("fatal", "the wheel is square")).verdict == "insufficient"
