"""The kubelet crashes with a Go panic."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-panic",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet panics (bug)", "kubelet が panic で異常終了する(バグ)"),
    summary=Text(
        "A bug in the kubelet (nil pointer, concurrent map access, index out of range) ends the process with a goroutine dump; systemd restarts it and the same trigger ends it again.",
        "kubelet のバグ(nil 参照、map の同時アクセス、添字範囲外など)によりプロセスが goroutine ダンプを残して終了する。systemd が再起動しても同じ引き金で再び落ちる。",
    ),
    signatures=(
        Signature(r"panic: runtime error: ", "kubelet", "suggests", source="Go runtime"),
        Signature(r"fatal error: (?:concurrent map|all goroutines are asleep|stack overflow)", "kubelet", "suggests", source="Go runtime"),
        Signature(r"Observed a panic: ", "kubelet", "shows", source="k8s.io/apimachinery/pkg/util/runtime"),
        Signature(r"kubelet\.service: [Mm]ain process exited, code=exited, status=2\b", "systemd", "suggests", source="the exit status of a Go panic"),
    ),
    leads_to=(Link("kubelet-crash-loop", "node", Text("the process ends with status 2 and is restarted", "終了コード 2 で落ちて再起動される"), strength=0.9),),
    asks=(Ask("journalctl -u kubelet --no-pager | grep -A 25 -m1 -E 'panic:|Observed a panic'; kubelet --version", Text("the first frames of the stack name the function", "スタックの先頭に問題の関数名がある"), ("kubelet-oom-killed", "pid-exhaustion", "kubelet-stopped"), "kubelet-log"),),
    remedies=(
        Remedy("temporary", Text("remove what triggers it (a pod, a device plugin's answer, a damaged checkpoint file under /var/lib/kubelet) and let it start again", "引き金(特定の Pod、デバイスプラグインの応答、/var/lib/kubelet の破損したチェックポイントなど)を取り除き、起動し直す"), Text("depends on the trigger", "引き金による"), "journalctl -u kubelet -n 300 --no-pager > /tmp/kubelet-panic.txt", "systemctl show kubelet -p NRestarts"),
        Remedy("permanent", Text("upgrade to the patch release in which the function was mended, or report the stack upstream", "該当関数が修正されたパッチ版へ更新する。未修正ならスタックを upstream に報告する"), Text("an upgrade of the node", "ノードのアップグレードを伴う"), verify="kubelet --version", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", "panic: runtime error: invalid memory address or nil pointer dereference"),
        hit("kubelet", "fatal error: concurrent map iteration and map write"),
        hit("kubelet", 'Observed a panic: "invalid memory address or nil pointer dereference" (runtime error: invalid memory address or nil pointer dereference)'),
        hit("systemd", "kubelet.service: Main process exited, code=exited, status=2/INVALIDARGUMENT"),
        near_miss("kubelet", "runtime: failed to create new OS thread (have 11 already; errno=11)"),
        near_miss("pod-log", "panic: runtime error: index out of range [3] with length 3"),
        near_miss("systemd", "kubelet.service: Main process exited, code=exited, status=1/FAILURE"),
    ),
    versions="depends on the bug",
    references=("https://github.com/kubernetes/kubernetes/issues?q=label%3Asig%2Fnode+panic+kubelet",),
)
