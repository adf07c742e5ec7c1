"""dockerd cannot set up its bridge or iptables rules and exits."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dockerd-network-controller-failed",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("dockerd cannot set up its network (iptables, bridge) and exits", "dockerd がネットワーク(iptables・bridge)を初期化できず終了する"),
    summary=Text("At start dockerd makes docker0 and its NAT chains. A missing iptables module, an nft/legacy mix, a clash of address ranges or a corrupt local-kv.db makes that fail, and dockerd does not start, although Kubernetes pods do not use docker0.",
                 "dockerd は起動時に docker0 と NAT チェーンを作る。iptables モジュールの欠如、nft/legacy の混在、アドレス範囲の衝突、local-kv.db の破損で失敗すると、Kubernetes の Pod が docker0 を使わなくても dockerd は起動しない。"),
    signatures=(
        Signature(r"[Ee]rror (?:initializing|creating) (?:network controller|default \\*\"bridge\\*\" network)", component="runtime", proof="states", source="moby daemon/daemon_unix.go"),
        Signature(r"[Ff]ailed to [Cc]reate (?:NAT|FILTER|filter) chain DOCKER", component="runtime", proof="states", source="moby libnetwork/drivers/bridge"),
        Signature(r"could not find an available, non-overlapping IPv4 address pool", component="runtime", proof="states", source="moby libnetwork ipam"),
        Signature(r"programming external connectivity on endpoint .{0,200}iptables", component="runtime", proof="suggests", source="moby libnetwork bridge"),
    ),
    leads_to=(
        Link("dockerd-stopped", "node", Text("dockerd exits at start", "dockerd が起動時に終了する"), strength=0.9),
        Link("container-runtime-down", "node", Text("the kubelet has no runtime", "kubelet にランタイムがない"), strength=0.8),
    ),
    asks=(Ask("journalctl -u docker -b --no-pager | grep -iE 'network controller|chain DOCKER|iptables' | tail; iptables -V; ip route  # on {node}", Text("the iptables call or the address pool that fails", "失敗している iptables の呼び出しやアドレスプール"), ("kernel-module-missing", "iptables-lock-contention", "iptables-backend-mismatch", "dockerd-config-invalid", "dockerd-stopped"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("load the iptables modules (or choose one backend), remove a stale docker0 and local-kv.db, start docker", "iptables モジュールを読み込み(バックエンドを統一し)、古い docker0 と local-kv.db を除いて Docker を起動する"), Text("user-defined docker networks are lost with local-kv.db", "local-kv.db を消すとユーザー定義ネットワークは失われる"),
               "modprobe ip_tables; ip link del docker0; systemctl restart docker  # on {node}", "docker info >/dev/null", "restart"),
        Remedy("permanent", Text("on Kubernetes nodes set \"bridge\": \"none\" and \"iptables\": false in daemon.json, and keep the modules in /etc/modules-load.d", "Kubernetes ノードでは daemon.json に \"bridge\": \"none\" と \"iptables\": false を設定し、モジュールを /etc/modules-load.d に置く"), Text("containers that use docker0 lose their network", "docker0 を使うコンテナはネットワークを失う"), verify="docker network ls", risk_level="disruptive"),
    ),
    examples=(
        hit("dockerd", "failed to start daemon: Error initializing network controller: error obtaining controller instance: failed to create NAT chain DOCKER: iptables failed: iptables -t nat -N DOCKER: iptables v1.8.7 (nf_tables): Could not fetch rule set generation id"),
        hit("dockerd", 'failed to start daemon: Error creating default "bridge" network: cannot create network 9f1c (docker0): conflicts with network 77aa (docker0)'),
        hit("dockerd", "failed to create NAT chain DOCKER: iptables failed"),
        hit("dockerd", "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network"),
        hit("dockerd", "driver failed programming external connectivity on endpoint web (9f1c): iptables failed: No chain/target/match by that name"),
        near_miss("dockerd", "Another app is currently holding the xtables lock; still 9s 0us time ahead to have a chance to grab the lock..."),
        near_miss("dockerd", "failed to start daemon: error initializing graphdriver: driver not supported"),
    ),
    references=("https://docs.docker.com/engine/network/packet-filtering-firewalls/", "https://docs.docker.com/engine/daemon/troubleshoot/"),
)
