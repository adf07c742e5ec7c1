"""A Service cannot be reached from pods."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-unreachable",
    layer="network",
    role="symptom",
    subject="Cluster",
    title=Text("a Service cannot be reached", "Service に到達できない"),
    summary=Text("Connections to a Service's address time out or are refused.", "Service のアドレスへの接続がタイムアウトするか拒否される。"),
    signatures=(
        Signature(r"dial tcp [0-9.]+:\d+: (?:(?:connect|getsockopt): )?(i/o timeout|no route to host|connection timed out)", component="app", proof="suggests"),
        Signature(r"upstream connect error or disconnect/reset before headers", component="app", proof="suggests"),
    ),
    asks=(Ask("kubectl -n {namespace} get svc,endpointslices -o wide", Text("does the Service have ready endpoints", "Service に Ready な Endpoint があるか"), evidence="services"),),
    examples=(
        hit("pod-log", "Post http://cart:8080: dial tcp 10.96.44.7:8080: getsockopt: no route to host"),
        hit("pod-log", "Post http://cart:8080: dial tcp 10.96.44.7:8080: i/o timeout"),
        hit("pod-log", "upstream connect error or disconnect/reset before headers. reset reason: connection failure"),
        near_miss("kubelet", "dial tcp 10.0.0.5:6443: connect: connection refused"),
    ),
)
