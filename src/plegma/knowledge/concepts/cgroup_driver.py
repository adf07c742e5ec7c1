"""Who writes the cgroup tree: systemd or the programs themselves."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="cgroup-driver",
    title=Text("cgroup driver (systemd, cgroupfs)", "cgroup ドライバー(systemd、cgroupfs)"),
    what=Text(
        "Kubelet and runtime both create cgroups for pods, and there are two ways: ask systemd for a slice and a scope (driver 'systemd'), or make the directories in /sys/fs/cgroup directly ('cgroupfs'). Both programs must use the same way; with systemd as init and cgroup v2 it must be systemd. The kubelet asks the runtime for its driver where both are new enough (RuntimeConfig: containerd 2.0, CRI-O 1.28), else its own cgroupDriver setting counts.",
        "kubelet とランタイムはどちらも Pod の cgroup を作る。方法は 2 つで、systemd に slice と scope を作らせる(systemd)か、/sys/fs/cgroup に直接ディレクトリを作る(cgroupfs)か。両者は同じ方法でなければならず、systemd が init の cgroup v2 環境では systemd を使う。双方が新しければ kubelet はランタイムに尋ね(RuntimeConfig: containerd 2.0、CRI-O 1.28 以降)、そうでなければ kubelet の cgroupDriver が使われる。",
    ),
    fails=Text(
        "Two pictures. The path has the wrong form: runc refuses every start with 'expected cgroupsPath to be of format \"slice:prefix:name\"'. Or the starts succeed and systemd, which knows nothing of the foreign directories, cleans them up: on cgroup v2 all pods of the node die every few minutes with exit 0, 2 or 137, SandboxChanged and no error from the runtime; the API server on such a node comes and goes.",
        "見え方は 2 つある。パスの形式が合わない場合、runc が「expected cgroupsPath to be of format \"slice:prefix:name\"」と言ってすべての起動を拒む。起動はできても、systemd が自分の知らないディレクトリを片付けてしまう場合は、cgroup v2 でノードの全 Pod が数分おきに終了コード 0・2・137 で落ち、SandboxChanged が出るがランタイムのエラーは出ない。そのノードの API サーバーは現れたり消えたりする。",
    ),
    look=(
        Look("kubectl get --raw /api/v1/nodes/{node}/proxy/configz | grep -o '\"cgroupDriver\":\"[a-z]*\"'", Text("the kubelet's driver", "kubelet のドライバー")),
        Look("containerd config dump | grep SystemdCgroup  # CRI-O: crio status config | grep cgroup_manager; Docker: docker info | grep -i cgroup", Text("the runtime's driver", "ランタイムのドライバー")),
        Look("systemd-cgls --no-pager | grep -A3 kubepods  # on {node}", Text("kubepods.slice: systemd; kubepods beside system.slice: cgroupfs", "kubepods.slice なら systemd、kubepods なら cgroupfs")),
    ),
    numbers=(
        Number(Text("the kubelet's own default; kubeadm sets", "kubelet 自身の既定値。kubeadm が設定する値"), "cgroupfs; systemd (≥ v1.22)", "pkg/kubelet/apis/config/v1beta1/defaults.go, cmd/kubeadm/app/componentconfigs/kubelet.go"),
        Number(Text("containerd's default for runc (SystemdCgroup)", "containerd の runc の既定値(SystemdCgroup)"), "false", "containerd: internal/cri/config/config_unix.go"),
    ),
    see=("cgroup-v2", "runc", "containerd", "pod-sandbox"),
    modes=("cgroup-driver-mismatch-cgroupv2", "cgroup-driver-mismatch-path-format", "kubelet-cgroup-driver-config-error", "kubelet-cgroup-missing", "systemd-dbus-failure", "systemd-unit-leak", "systemd-unit-timeout", "systemd-start-limit-hit", "systemd-property-unsupported"),
    aliases=("SystemdCgroup", "cgroupfs", "cgroup_manager"),
    references=("https://kubernetes.io/docs/setup/production-environment/container-runtimes/#cgroup-drivers", "https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/4033-group-driver-detection-over-cri"),
)
