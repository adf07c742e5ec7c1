"""A volume is mounted over the folder that holds the program."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-mount-hides-binary",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("a volume mount hides the program in the image", "ボリュームのマウントがイメージ内のプログラムを隠している"),
    summary=Text(
        "A ConfigMap, PVC or emptyDir is mounted at the very folder (/app, /opt/..., /usr/share/...) in which the image keeps its program or modules. The files of the image are there but covered, so the start fails as if they were missing.",
        "ConfigMap・PVC・emptyDir が、イメージのプログラムやモジュールのあるフォルダー(/app、/opt/...、/usr/share/... など)にマウントされている。イメージ内のファイルは存在するが隠れてしまい、無いものとして起動に失敗する。",
    ),
    signatures=(
        Signature(r"create failed: .*exec: \\*\"/(app|opt|srv|code|workspace|home|usr/(src|share|local))/[^\"]*\": stat ", component="runtime", proof="suggests", source="opencontainers/runc: the same words as for a program that is not in the image"),
        Signature(r"Cannot find module '/(app|opt|srv|code|workspace|home|usr/(src|share|local))/", component="app", proof="suggests", source="node"),
        Signature(r"can't open file '/(app|opt|srv|code|workspace|home|usr/(src|share|local))/", component="app", proof="suggests", source="CPython"),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("the runtime finds no program at the path", "ランタイムがそのパスにプログラムを見つけられない"), strength=0.8),
        Link("app-error-exit", "pod", Text("the interpreter finds no script or module and ends", "インタープリターがスクリプトやモジュールを見つけられず終了する"), strength=0.6),
        Link("crash-loop-back-off", "pod", Text("every start fails in the same way", "起動のたびに同じく失敗する"), strength=0.9),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.containers[*].volumeMounts[*].mountPath} {.spec.containers[*].command} {.spec.containers[*].args}'", Text("a mountPath that is a parent of the program's path", "プログラムのパスの親にあたる mountPath がある"),
            ("container-command-not-found", "app-config-error", "script-interpreter-missing")),
    ),
    remedies=(
        Remedy("temporary", Text("mount the volume in a folder of its own (or single files with subPath)", "ボリュームを専用フォルダーにマウントする(または subPath でファイル単位にする)"), Text("the pods are replaced; the program must look there", "Pod が入れ替わる。プログラムの参照先も変える"), "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("keep code and data in different folders of the image", "イメージ内でコードとデータのフォルダーを分ける"), Text("none", "なし"), "", "kubectl -n {namespace} get pods", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#background",),
    examples=(
        hit("k8s-event", 'Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/bin/api": stat /app/bin/api: no such file or directory: unknown', reason="Failed"),
        hit("pod-log", "Error: Cannot find module '/usr/src/app/server.js'"),
        hit("pod-log", "python3: can't open file '/app/main.py': [Errno 2] No such file or directory"),
        near_miss("k8s-event", 'Error: OCI runtime create failed: runc create failed: unable to start container process: exec: "api": executable file not found in $PATH: unknown', reason="Failed"),
        near_miss("pod-log", "Error: Cannot find module 'express'"),
    ),
)
