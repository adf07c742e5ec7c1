"""Which runtime a pod runs with."""

from plegma.knowledge.concept import Concept, Look
from plegma.model.texts import Text

CONCEPT = Concept(
    id="runtimeclass",
    title=Text("RuntimeClass", "RuntimeClass"),
    what=Text(
        "A RuntimeClass maps a name that pods use (runtimeClassName) to a handler that the node's runtime must know: a section of containerd's or CRI-O's configuration, such as runc, nvidia, kata, gvisor. It can add a pod overhead to the requests and a node selector. Without it the runtime's default handler is taken. The object is of the cluster, the handler of each node: nothing checks that they agree before the pod starts.",
        "RuntimeClass は、Pod が使う名前(runtimeClassName)を、ノードのランタイムが知るハンドラーに対応付ける。ハンドラーは containerd や CRI-O の設定の 1 節で、runc・nvidia・kata・gvisor などがある。requests への上乗せ(overhead)や nodeSelector も持てる。指定がなければランタイムの既定ハンドラーが使われる。オブジェクトはクラスターに、ハンドラーは各ノードにあり、Pod の起動前に一致を確かめる仕組みはない。",
    ),
    fails=Text(
        "'RuntimeClass \"x\" not found': the object is missing, and the pod is refused or stays Pending. 'no runtime for \"x\" is configured' in FailedCreatePodSandBox: the handler is missing on that node, or the configuration that was edited is not the one that containerd reads (or it was not restarted). If handler and binary differ, the shim cannot be started. Pods of the default class run well on the same node all the while.",
        "「RuntimeClass \"x\" not found」はオブジェクトがない状態で、Pod は拒否されるか Pending に留まる。FailedCreatePodSandBox の「no runtime for \"x\" is configured」は、そのノードにハンドラーがないか、編集した設定を containerd が読んでいない(または再起動していない)。ハンドラーはあってもバイナリがなければ shim を起動できない。その間も、既定のクラスの Pod は同じノードで正常に動く。",
    ),
    look=(
        Look("kubectl get runtimeclasses -o custom-columns=NAME:.metadata.name,HANDLER:.handler", Text("name and handler", "名前とハンドラー")),
        Look("crictl info | grep -A3 '\"runtimes\"'; containerd config dump | grep 'runtimes\\.'  # on {node}", Text("handlers that the runtime really has", "ランタイムが実際に持つハンドラー")),
    ),
    see=("pod-sandbox", "runc", "containerd", "shim"),
    modes=("runtime-handler-not-configured", "runtime-binary-missing", "gpu-driver-library-mismatch", "gpu-device-lost", "runtime-class-missing", "cdi-device-unresolvable", "nvidia-hook-failed", "sandboxed-runtime-failed"),
    aliases=("runtime class", "runtime handler", "runtimeClassName"),
    references=("https://kubernetes.io/docs/concepts/containers/runtime-class/",),
)
