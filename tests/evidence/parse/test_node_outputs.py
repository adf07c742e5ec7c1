# ruff: noqa: E501 - the output of tools stands as they print it
"""What the tools of a node print."""

from datetime import datetime

import pytest
from readings import events, kinds, parts, states

from plegma.model.observations import Stamp


def test_the_status_of_a_unit_and_the_log_below_it() -> None:
    text = (
        "$ systemctl status kubelet\n● kubelet.service - kubelet: The Kubernetes Node Agent\n"
        "   Loaded: loaded (/lib/systemd/system/kubelet.service; enabled; vendor preset: enabled)\n"
        "  Drop-In: /etc/systemd/system/kubelet.service.d\n           └─10-kubeadm.conf\n"
        "   Active: activating (auto-restart) (Result: exit-code) since Tue 2024-03-05 08:11:02 UTC; 3s ago\n"
        "     Docs: https://kubernetes.io/docs/home/\n"
        "  Process: 3044 ExecStart=/usr/bin/kubelet $KUBELET_ARGS (code=exited, status=1/FAILURE)\n"
        " Main PID: 3044 (code=exited, status=1/FAILURE)\n\n"
        "Mar 05 08:11:02 wk-3 systemd[1]: kubelet.service: Failed with result 'exit-code'.\n"
    )
    (unit,) = states(text, "Unit")
    assert dict(unit.attrs) == {
        "name": "kubelet.service", "load": "loaded", "active": "activating", "sub": "auto-restart", "result": "exit-code",
    }  # fmt: skip
    assert kinds(text) == ["systemctl-status", "log"]
    assert parts(text)[0].hints.taken == Stamp(wall=datetime(2024, 3, 5, 8, 11, 5), offset=0, grain=1.0)
    assert all(event.component == "systemd" for event in events(text))


def test_units_listed() -> None:
    text = "UNIT                LOAD   ACTIVE SUB     DESCRIPTION\n● kubelet.service   loaded failed failed  kubelet: The Kubernetes Node Agent\n"
    assert dict(states(text, "Unit")[0].attrs) == {"name": "kubelet.service", "load": "loaded", "active": "failed", "sub": "failed"}


@pytest.mark.parametrize(
    ("text", "attrs"),
    [
        (
            "Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        50G   50G   20K 100% /var/lib/docker\n",
            {"mount": "/var/lib/docker", "source": "/dev/sda1", "use_percent": 100, "available": "20K"},
        ),
        (
            "Filesystem      Inodes   IUsed IFree IUse% Mounted on\n/dev/sda1      3276800 3276800     0  100% /\n",
            {"mount": "/", "source": "/dev/sda1", "inode_use_percent": 100, "available": "0"},
        ),
        (
            "Filesystem     Type 1K-blocks Used Available Use% Mounted on\n/dev/mapper/a-very-long-name-of-a-volume\n               ext4 100 55 45  55% /data\n",
            {"mount": "/data", "source": "/dev/mapper/a-very-long-name-of-a-volume", "type": "ext4", "use_percent": 55, "available": "45"},
        ),
    ],
)
def test_df_with_space_with_inodes_and_with_a_device_on_a_line_of_its_own(text: str, attrs: dict[str, object]) -> None:
    (filesystem,) = states(text, "Filesystem")
    assert dict(filesystem.attrs) == attrs


def test_processes_are_counted_by_command_and_state() -> None:
    text = (
        "  PID  PPID     ELAPSED STAT WCHAN                            COMMAND\n"
        " 4411  2210    03:12:44 D    flock_lock_inode                 /opt/cni/bin/bridge\n"
        " 4519  2210  1-02:11:44 D    flock_lock_inode                 /opt/cni/bin/bridge\n"
        "  900     1 12-00:00:00 Ssl  futex_wait                       /usr/bin/kubelet --config=/var/lib/kubelet/config.yaml\n"
    )
    bridge, kubelet = states(text, "Process")
    assert dict(bridge.attrs) == {"command": "/opt/cni/bin/bridge", "state": "D", "count": 2, "pid": 4519}
    assert bridge.at == Stamp(age=94304.0, grain=1.0)
    assert kubelet.attrs["command"] == "/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml"
    assert parts(text)[0].evidence == ("cni-processes", "processes")


@pytest.mark.parametrize(
    "text",
    [
        "# ps -eo pid,ppid,etime,stat,wchan:32,args | grep /opt/cni\n 4411  2210    03:12:44 D    flock_lock_inode                 /opt/cni/bin/bridge\n",
        "# ps aux | grep /opt/cni\nroot      4411  0.0  0.1 123456  7890 ?        D    Mar04   0:01 /opt/cni/bin/bridge\nroot      4999  0.0  0.0   6000   700 pts/0    S+   10:00   0:00 grep /opt/cni\n",
        "root      4411  2210  0 Mar04 ?        00:00:01 /opt/cni/bin/bridge\n",
    ],
)
def test_processes_that_a_grep_left_without_header(text: str) -> None:
    (process,) = states(text, "Process")
    assert (process.attrs["command"], process.attrs["pid"]) == ("/opt/cni/bin/bridge", 4411)


def test_directories_with_the_number_of_their_entries() -> None:
    text = (
        "/etc/cni/net.d:\ntotal 12\ndrwxr-xr-x 2 root root 4096 Nov 23 23:32 .\ndrwxr-xr-x 3 root root 4096 Nov 23 23:32 ..\n"
        "-rw-r--r-- 1 root root  346 Nov 23 23:32 10-x.conflist\n\n/var/lib/cni/networks/x:\ntotal 0\n"
    )
    found = states(text, "File")
    assert [(file.attrs["path"], file.attrs.get("entries"), file.attrs.get("size")) for file in found] == [
        ("/etc/cni/net.d", 1, None),
        ("/etc/cni/net.d/10-x.conflist", None, 346),
        ("/var/lib/cni/networks/x", 0, None),
    ]
    assert parts(text)[0].evidence == ("cni-config", "cni-ipam-state")


def test_an_empty_directory_by_its_command_alone() -> None:
    (folder,) = states("# ls -l /etc/cni/net.d/\ntotal 0\n", "File")
    assert dict(folder.attrs) == {"path": "/etc/cni/net.d", "entries": 0}


def test_names_of_a_short_listing() -> None:
    found = states("$ ls /opt/cni/bin\nbandwidth  bridge  dhcp\n", "File")
    assert found[0].attrs["entries"] == 3
    assert found[2].attrs["path"] == "/opt/cni/bin/bridge"


def test_kernel_settings_by_sysctl_and_by_proc() -> None:
    text = "# sysctl fs.inotify.max_user_watches\nfs.inotify.max_user_watches = 8192\n# cat /proc/sys/net/ipv4/ip_forward\n0\n"
    assert [dict(setting.attrs) for setting in states(text, "Sysctl")] == [
        {"key": "fs.inotify.max_user_watches", "value": 8192},
        {"key": "net.ipv4.ip_forward", "value": 0},
    ]


def test_a_count_is_named_by_the_command_that_was_counted() -> None:
    (counter,) = states("# find /sys/fs/cgroup/memory -type d | wc -l\n64734\n", "Counter")
    assert dict(counter.attrs) == {"name": "find /sys/fs/cgroup/memory -type d", "value": 64734}


def test_control_groups_and_memory() -> None:
    text = "#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t4\t64734\t1\n"
    assert dict(states(text, "Counter")[0].attrs) == {"name": "cgroups memory", "value": 64734}
    text = "              total        used        free\nMem:          15885       15011         210\n"
    assert ("mem free", 210) in [(counter.attrs["name"], counter.attrs["value"]) for counter in states(text, "Counter")]


@pytest.mark.parametrize(
    ("row", "share"),
    [
        ("Mem:           125G         22G         57G        4.0G         45G         96G", 77),
        ("Mem:          7.7Gi       7.2Gi       210Mi       1.0Mi       300Mi       154Mi", 2),
        ("Mem:          15885       15011         210           1         664         320", 2),
    ],
)
def test_the_memory_that_could_be_had_is_a_share_of_all(row: str, share: int) -> None:
    text = f"              total        used        free      shared  buff/cache   available\n{row}\nSwap:            0B          0B          0B\n"
    assert ("mem available percent", share) in [(c.attrs["name"], c.attrs["value"]) for c in states(text, "Counter")]


def test_an_old_free_does_not_say_what_could_be_had() -> None:
    text = "             total       used       free     shared    buffers     cached\nMem:         15885      15011        873          1        210       9001\n"
    assert not [c for c in states(text, "Counter") if "percent" in str(c.attrs["name"])]


def test_a_cgroup_controller_that_is_switched_off() -> None:
    text = "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t2\t40\t1\nmemory\t0\t40\t0\n"
    assert [row.attrs["name"] for row in states(text, "Counter")] == ["cgroups cpu", "cgroups memory", "cgroups memory enabled"]


def test_samples_of_metrics_but_no_buckets() -> None:
    text = (
        "# HELP kubelet_pleg_relist_duration_seconds x\n# TYPE kubelet_pleg_relist_duration_seconds histogram\n"
        'kubelet_pleg_relist_duration_seconds_bucket{le="0.005"} 9\nkubelet_pleg_relist_duration_seconds_sum 1.5e+02\n'
        'kubelet_runtime_operations_errors_total{operation_type="create"} 4\n'
    )
    total, errors = states(text, "Metric")
    assert (total.attrs["name"], total.attrs["value"]) == ("kubelet_pleg_relist_duration_seconds_sum", 150.0)
    assert errors.attrs["labels"] == 'operation_type="create"'


def test_date_tells_when_the_outputs_were_taken() -> None:
    (part,) = parts("# date\nTue Mar  5 17:12:00 JST 2024\n")
    assert part.hints.taken == Stamp(wall=datetime(2024, 3, 5, 17, 12), offset=32400, grain=1.0)


def test_mounts_interfaces_routes_and_rules_are_placed() -> None:
    text = (
        "# mount\ntmpfs on /run type tmpfs (rw,nosuid)\n# ip a\n1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN\n"
        "    inet 127.0.0.1/8 scope host lo\n# ip r\ndefault via 10.0.0.1 dev eth0\n# iptables-save\n*nat\n:PREROUTING ACCEPT [0:0]\n"
        "-A KUBE-SERVICES -j KUBE-MARK-MASQ\nCOMMIT\n# uname -a\nLinux wk-3 5.10.0-8 #1 SMP Debian x86_64 GNU/Linux\n"
    )
    assert kinds(text) == ["mount", "ip-addr", "ip-route", "iptables", "uname"]
    assert dict(states(text, "Filesystem")[0].attrs) == {"mount": "/run", "source": "tmpfs", "type": "tmpfs"}
    assert dict(states(text, "Node")[0].attrs) == {"kernel": "5.10.0-8"}


def test_configuration_in_toml_and_json() -> None:
    toml = (
        '# cat /etc/containerd/config.toml\nversion = 2\n[plugins]\n  [plugins."io.containerd.grpc.v1.cri"]\n'
        '    sandbox_image = "registry.k8s.io/pause:3.6"\n    SystemdCgroup = false\n# docker info\nServer Version: 19.03.1\nCgroup Driver: cgroupfs\n'
    )
    found = {str(config.attrs["key"]): config.attrs["value"] for config in states(toml, "Config")}
    assert found["plugins.io.containerd.grpc.v1.cri.sandbox_image"] == "registry.k8s.io/pause:3.6"
    assert found["Cgroup Driver"] == "cgroupfs"
    text = '# cat /etc/cni/net.d/10-x.conflist\n{\n  "cniVersion": "0.3.1",\n  "name": "x",\n  "plugins": [\n    {\n      "type": "bridge"\n    }\n  ]\n}\n'
    assert ("plugins.0.type", "bridge", 7) in [(c.attrs["key"], c.attrs["value"], c.origin.line) for c in states(text, "Config")]


def test_a_part_of_docker_info() -> None:
    text = "# docker info 2>/dev/null | grep Space\n Data Space Used: 21.4GB\n Data Space Total: 102GB\n Data Space Available: 80.6GB\n"
    assert [(c.attrs["key"], c.attrs["value"]) for c in states(text, "Config")][-1] == ("Data Space Available", "80.6GB")
    assert states("the Data Space Used: 21.4GB\nseems fine: yes\n", "Config") == []


def test_a_systemcalls_trace_is_kept_line_by_line() -> None:
    assert [event.component for event in events("17185 flock(5, LOCK_EX <unfinished ...>\n17185 <... flock resumed> ) = 0\n")] == [
        "shell"
    ] * 2


def test_the_name_servers_of_a_node() -> None:
    text = (
        "$ cat /etc/resolv.conf\n# This file is managed by man:systemd-resolved(8). Do not edit.\n#\n# See man:resolv.conf(5).\n\n"
        "nameserver 127.0.0.53\noptions edns0\nsearch example.org\n"
    )
    assert kinds(text) == ["resolv-conf"]
    assert [(config.attrs["file"], config.attrs["key"], config.attrs["value"]) for config in states(text, "Config")] == [
        ("/etc/resolv.conf", "nameserver", "127.0.0.53"),
        ("/etc/resolv.conf", "options", "edns0"),
        ("/etc/resolv.conf", "search", "example.org"),
    ]


@pytest.mark.parametrize(
    ("text", "attrs"),
    [
        ("# docker ps\n^C\n", {"argv": "docker ps", "answered": False}),
        ("# crictl ps -a ^C\n# date\n", {"argv": "crictl ps -a", "answered": False}),
        ("# time docker info\n\nreal\t2m0.500s\nuser\t0m0.1s\n", {"argv": "docker info", "answered": True, "seconds": 120.5}),
        ("# timeout 10 df -h\n# echo $?\n124\n", {"argv": "df -h", "answered": False, "exit_code": 124}),
        ("# sudo timeout -k 1 5s docker ps -q; echo $?\n124\n", {"argv": "sudo docker ps -q", "answered": False, "exit_code": 124}),
        (
            "# docker inspect a1b2c3d4e5f6; echo $?\nError: No such object: a1b2c3d4e5f6\n1\n",
            {"argv": "docker inspect a1b2c3d4e5f6", "answered": True, "exit_code": 1},
        ),
    ],
)
def test_a_command_that_did_not_answer_is_a_fact(text: str, attrs: dict[str, object]) -> None:
    (command,) = states(text, "Command")
    assert dict(command.attrs) == attrs


@pytest.mark.parametrize("text", ["# journalctl -f\n^C\n", "# docker ps\nCONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   NAMES\n^C\n"])
def test_a_command_that_one_ends_anyway_or_that_printed_something_did_answer(text: str) -> None:
    assert states(text, "Command") == []


def test_a_code_behind_a_pipe_or_a_list_is_not_the_commands() -> None:
    assert states("# docker ps -q | wc -l; echo $?\n124\n0\n", "Command") == []
    assert states("# timeout 5 docker ps && date; echo $?\n124\n", "Command") == []


def test_units_that_are_not_there_or_not_active() -> None:
    text = "# systemctl status kubelet\nUnit kubelet.service could not be found.\n# systemctl is-active docker\ninactive\n"
    missing, inactive = states(text, "Unit")
    assert missing.attrs["load"] == "not-found"
    assert dict(inactive.attrs) == {"name": "docker.service", "active": "inactive"}


def test_zombies_are_counted_together() -> None:
    text = "  PID STAT COMMAND\n  1 Z [sh] <defunct>\n  2 Z [runc] <defunct>\n  3 S runc init\n  4 S runc --root /run create\n"
    assert [(process.attrs["command"], process.attrs["count"]) for process in states(text, "Process")] == [
        ("[sh] <defunct>", 2),
        ("runc init", 1),
        ("runc --root /run create", 1),
    ]


def test_counters_of_connection_tracking() -> None:
    text = "cpu=0   \tfound=3 invalid=1 insert=0 insert_failed=4711 drop=4711 early_drop=0 error=0 search_restart=9\n"
    assert ("conntrack insert_failed", 4711) in [(counter.attrs["name"], counter.attrs["value"]) for counter in states(text, "Counter")]


@pytest.mark.parametrize(
    "text",
    [
        'KUBELET_KUBEADM_ARGS="--cgroup-driver=systemd --network-plugin=cni"\n',
        'Environment="KUBELET_EXTRA_ARGS=--cgroup-driver=systemd --network-plugin=cni"\n',
        "ExecStart=/usr/bin/kubelet --cgroup-driver systemd --network-plugin cni\n",
        "root       900     1  2 Mar04 ?        01:00:01 /usr/bin/kubelet --cgroup-driver=systemd --network-plugin=cni\n",
    ],
)
def test_flags_are_configuration_wherever_a_command_line_stands(text: str) -> None:
    assert [(config.attrs["key"], config.attrs["value"]) for config in states(text, "Config")] == [
        ("cgroup-driver", "systemd"),
        ("network-plugin", "cni"),
    ]
