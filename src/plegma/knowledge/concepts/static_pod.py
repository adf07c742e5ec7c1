"""A pod that the kubelet runs from a file."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="static-pod",
    title=Text("static Pod", "static Pod"),
    what=Text(
        "A static pod comes from a manifest in a folder of the node (staticPodPath, with kubeadm /etc/kubernetes/manifests), not from the API. The kubelet starts and restarts it by itself, so the control plane can be made of static pods: kube-apiserver, etcd, kube-controller-manager, kube-scheduler. In the API one sees a mirror pod, called NAME-NODE, that can be read but not changed; deleting it deletes nothing on the node. On the node its UID is a hash of the manifest, which the mirror pod carries as annotation kubernetes.io/config.hash. It cannot use Secrets, ConfigMaps or a service account.",
        "static Pod は API ではなく、ノード上のフォルダー(staticPodPath、kubeadm では /etc/kubernetes/manifests)のマニフェストから作られる。起動も再起動も kubelet だけで行うので、コントロールプレーン自体(kube-apiserver・etcd・kube-controller-manager・kube-scheduler)を static Pod にできる。API に見えるのは「名前-ノード名」の mirror Pod で、参照はできるが変更はできず、削除してもノード上では何も消えない。ノード上での UID はマニフェストのハッシュで、mirror Pod のアノテーション kubernetes.io/config.hash に書かれる。Secret・ConfigMap・ServiceAccount は使えない。",
    ),
    fails=Text(
        "A manifest with a mistake gives no pod and no event: only the kubelet's log says 'Could not process manifest file'. A backup copy in the same folder is a second pod of the same name. A flag error lets the container end at once: with the API server down kubectl cannot show it, so look with crictl and in /var/log/pods. After an edit the old pod must end before the new one starts, up to its grace period.",
        "マニフェストに誤りがあると Pod もイベントも現れず、kubelet のログに「Could not process manifest file」と出るだけである。同じフォルダーに置いたバックアップは、同名のもう 1 つの Pod になる。フラグの誤りではコンテナが直ちに終わる。API サーバー自身が落ちていると kubectl では見えないので、crictl と /var/log/pods を見る。編集後は、古い Pod の終了(最長で猶予時間)を待ってから新しい Pod が始まる。",
    ),
    look=(
        Look("ls -la /etc/kubernetes/manifests  # on {node}", Text("what is there, and nothing besides", "置かれているもの。余分なファイルがないか")),
        Look("journalctl -u kubelet --no-pager | grep -iE 'manifest|static pod|file.go'", Text("parse errors", "解析エラー")),
        Look("crictl ps -a --name kube-apiserver; ls -t /var/log/pods/kube-system_*/*/*.log  # on {node}", Text("state and log without the API server", "API サーバーなしで状態とログを見る")),
    ),
    numbers=(
        Number(Text("folder is read again (fileCheckFrequency; changes are noticed at once by inotify)", "フォルダーの再読み込み(fileCheckFrequency。変更は inotify で即時に検知)"), "20 s", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("kubelet", "api-server", "etcd", "pod-lifecycle"),
    modes=("static-pod-manifest-invalid", "apiserver-flags-invalid", "control-plane-crash-loop"),
    aliases=("static pods", "mirror pod", "manifest"),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/",),
)
