"""An SMB/CIFS share (Azure Files, Windows server) cannot be mounted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="smb-mount-failure",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("SMB/CIFS mount fails", "SMB/CIFS マウントの失敗"),
    summary=Text(
        "mount.cifs ends with an errno: 13 wrong credentials or rights, 2 no such share, 112/115/110 server or port 445 not reachable (often blocked by the provider), 95 dialect not supported.",
        "mount.cifs が errno 付きで終了する。13 は認証・権限、2 は共有なし、112/115/110 はサーバーや 445 番ポートに到達不可(プロバイダーによる遮断が多い)、95 は非対応の dialect を示す。",
    ),
    signatures=(
        Signature(r"mount error\(\d+\): ", "any", "states", source="cifs-utils mount.cifs"),
        Signature(r"mount error: (?:cifs filesystem not supported|could not resolve address)", "any", "states", source="cifs-utils"),
        Signature(r"you might need a /sbin/mount\.cifs helper program", "any", "states", source="util-linux: cifs-utils missing"),
    ),
    leads_to=(Link("volume-mount-failing", "pod", Text("mount fails with exit status 32", "mount が exit status 32 で失敗する"), strength=0.95),),
    asks=(Ask("nc -zv <server> 445; kubectl -n {namespace} get secret <share secret>; dmesg | grep -i cifs | tail", Text("port closed, or STATUS_LOGON_FAILURE / STATUS_ACCESS_DENIED", "ポートが閉じている、または STATUS_LOGON_FAILURE / STATUS_ACCESS_DENIED"), ("nfs-mount-failure", "storage-hang-dstate"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("correct the secret's account and key, the share's name, or open port 445", "Secret のアカウント/キー、共有名を直すか、445 番ポートを開放する"), Text("none for other pods", "他の Pod への影響はない"), "kubectl -n {namespace} get secret <share secret> -o yaml", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("rotate keys together with their secrets, private endpoint for the share, cifs-utils in the node image", "キー更新と Secret 更新を連動させ、共有にプライベートエンドポイントを使い、ノードイメージに cifs-utils を含める"), Text("none", "なし"), verify="kubectl get events -A | grep -c 'mount error'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "Output: mount error(13): Permission denied Refer to the mount.cifs(8) manual page (e.g. man mount.cifs)", "FailedMount"),
        hit("", "mount error: could not resolve address for files.lab.example: Unknown error"),
        hit("k8s-event", "bad option; for several filesystems (e.g. nfs, cifs) you might need a /sbin/mount.cifs helper program.", "FailedMount"),
        near_miss("k8s-event", "Output: mount.nfs: access denied by server while mounting nas.lab.example:/srv/data", "FailedMount"),
        near_miss("k8s-event", "Output: mount error 110 = Connection timed out", "FailedMount"),
    ),
    versions="all",
    references=("https://learn.microsoft.com/en-us/troubleshoot/azure/azure-kubernetes/storage/fail-to-mount-azure-file-share",),
)
