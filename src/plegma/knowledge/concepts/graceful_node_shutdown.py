"""How a node ends its pods before the machine goes down."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="graceful-node-shutdown",
    title=Text("graceful node shutdown", "ノードのグレースフルシャットダウン"),
    what=Text(
        "With shutdownGracePeriod set, the kubelet holds an inhibitor lock of systemd-logind. When a shutdown is asked for it sets the node to NotReady ('node is shutting down'), ends ordinary pods first and critical ones last, within the two periods, then lets go of the lock. The pods are Failed with reason Terminated ('Pod was terminated in response to imminent node shutdown.'); pods that come meanwhile are rejected with NodeShutdown. Without the setting, systemd simply ends the services.",
        "shutdownGracePeriod を設定すると、kubelet は systemd-logind の inhibitor lock を持つ。シャットダウンが要求されると、ノードを NotReady(node is shutting down)にし、通常の Pod、重要な Pod の順に期間内で終わらせ、ロックを放す。Pod は reason が Terminated の Failed(Pod was terminated in response to imminent node shutdown.)となり、その間に来た Pod は NodeShutdown で拒まれる。設定がなければ、systemd が単にサービスを止める。",
    ),
    fails=Text(
        "Off by default: both periods are 0. logind allows 5 s unless InhibitDelayMaxSec is raised (the kubelet writes a drop-in; where another overrides it, the kubelet logs the mismatch and shuts nothing down in order). It needs logind and D-Bus: `reboot -f`, a power cut or a stopped machine bypass it. The Failed pods remain as objects and look like an incident long after the maintenance. A kubelet that was cut off in mid-shutdown leaves pods that read Running.",
        "既定では無効で、2 つの期間はともに 0 である。logind が許すのは InhibitDelayMaxSec(既定 5 秒)までで、kubelet がドロップインを書いて延ばすが、他の設定に上書きされていると不一致をログに出し、順序立てた終了は行われない。logind と D-Bus が必要なので、reboot -f・電源断・マシンの強制停止では働かない。Failed の Pod はオブジェクトとして残り、メンテナンスのずっと後でも障害に見える。途中で切れた kubelet は Running のままの Pod を残す。",
    ),
    look=(
        Look("kubectl get pods -A --field-selector status.phase=Failed", Text("reason Terminated or NodeShutdown, with the time", "reason が Terminated / NodeShutdown のものと時刻")),
        Look("systemd-inhibit --list; cat /etc/systemd/logind.conf.d/*.conf  # on {node}", Text("does the kubelet hold the lock, and how long may it delay", "kubelet がロックを持っているか、どれだけ遅延できるか")),
        Look("last -x reboot shutdown | head; journalctl --list-boots  # on {node}", Text("when the machine went down and came back", "停止と起動の時刻")),
    ),
    numbers=(
        Number(Text("shutdownGracePeriod, shutdownGracePeriodCriticalPods by default", "shutdownGracePeriod、shutdownGracePeriodCriticalPods の既定値"), "0 s, 0 s", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("logind's InhibitDelayMaxSec by default", "logind の InhibitDelayMaxSec の既定値"), "5 s", "systemd: man/logind.conf.xml"),
    ),
    see=("node-conditions", "pod-lifecycle", "kubelet"),
    modes=("node-shutdown", "sysrq-triggered", "node-boot-failed"),
    aliases=("shutdown", "node shutdown", "NodeShutdown"),
    references=("https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/",),
)
