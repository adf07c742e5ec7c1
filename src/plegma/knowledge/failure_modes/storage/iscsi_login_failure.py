"""The node cannot log in to the iSCSI target or sees no disk from it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="iscsi-login-failure",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("iSCSI login or discovery fails", "iSCSI のログインまたはディスカバリー失敗"),
    summary=Text(
        "The portal is not reachable (TCP 3260), CHAP or the initiator name is refused, iscsid or open-iscsi is missing on the node, or the LUN is not mapped to this node.",
        "ポータル(TCP 3260)に到達できない、CHAP やイニシエーター名が拒否される、ノードに iscsid / open-iscsi がない、または LUN がこのノードにマッピングされていない。",
    ),
    signatures=(
        Signature(r"iscsiadm: .{0,60}(?:[Cc]ould not|[Cc]annot|initiator reported error|connect to \S+ (?:failed|timed out)|No (?:portals|records) found)", "any", "states", source="open-iscsi"),
        Signature(r"failed to (?:get any path|find device path|login to all portals) for iscsi disk", "any", "states", source="pkg/volume/iscsi"),
        Signature(r"iscsi: failed to (?:attach disk|sendtargets)", "any", "states", source="pkg/volume/iscsi"),
        Signature(r"exec: \\*\"iscsiadm\\*\": executable file not found", "any", "states", source="open-iscsi missing on the node"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("no device, no mount", "デバイスがなくマウントできない"), strength=0.9),
        Link("volume-attach-failing", "pod", Text("the attach step is done on the node", "アタッチ処理がノード上で失敗する"), strength=0.4),
    ),
    asks=(Ask("iscsiadm -m session; iscsiadm -m discovery -t st -p <portal>; systemctl is-active iscsid; cat /etc/iscsi/initiatorname.iscsi", Text("no session, discovery error, or iscsid not active", "セッションなし、ディスカバリー失敗、または iscsid が非稼働"), ("volume-device-not-found", "storage-hang-dstate", "csi-driver-not-registered"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("start iscsid, open the portal, map the LUN to the node's initiator name", "iscsid を起動し、ポータルへの通信を開け、LUN をノードのイニシエーター名にマッピングする"), Text("none for other pods", "他の Pod への影響はない"), "systemctl enable --now iscsid", "iscsiadm -m session", "none"),
        Remedy("permanent", Text("open-iscsi and multipath in the node image with unique initiator names, redundant portals", "open-iscsi と multipath をノードイメージに含め、イニシエーター名を一意にし、ポータルを冗長化する"), Text("none", "なし"), verify="multipath -ll", risk_level="none"),
    ),
    examples=(
        hit("kubelet", "iscsiadm: Could not login to [iface: default, target: iqn.2024-01.example.lab:t1, portal: 10.20.0.5,3260]."),
        hit("k8s-event", 'MountVolume.WaitForAttach failed for volume "lun" : failed to get any path for iscsi disk, last err seen: iscsi: failed to attach disk: Error: iscsiadm: Login I/O error', "FailedMount"),
        hit("k8s-event", 'executing iscsiadm failed: exec: "iscsiadm": executable file not found in $PATH', "FailedMount"),
        near_miss("kernel", " connection2:0: detected conn error (1022)"),
        near_miss("k8s-event", "Output: mount.nfs: Connection timed out", "FailedMount"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#iscsi", "https://github.com/open-iscsi/open-iscsi"),
)
