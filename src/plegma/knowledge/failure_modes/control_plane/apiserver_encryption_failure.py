"""The API server cannot decrypt stored objects or reach its KMS."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apiserver-encryption-failure",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("encryption at rest: objects cannot be decrypted", "保存データの復号失敗(encryption at rest)"),
    summary=Text(
        "The encryption configuration lost a key or its order, differs between API servers, or the KMS plugin does not answer. Secrets cannot be read; pods that need them do not start, and the API server may fail its health check.",
        "暗号化設定の鍵や順序が失われた、API サーバー間で設定が異なる、または KMS プラグインが応答しない。Secret が読めず、それを使う Pod が起動せず、API サーバーのヘルスチェックも失敗し得る。",
    ),
    signatures=(
        Signature(r"unable to transform key \\*\"/registry/", "any", "states", source="apiserver storage"),
        Signature(r"no matching (?:prefix|key) (?:was )?found", "apiserver", "shows", source="apiserver value transformers"),
        Signature(r"\[-\]kms-provider", "any", "states", source="kube-apiserver health check"),
        Signature(r"error while establishing connection to KMS", "any", "shows", source="apiserver KMS envelope"),
    ),
    leads_to=(
        Link("container-config-error", "cluster", Text("Secrets cannot be read", "Secret を読めない"), strength=0.4),
        Link("volume-mount-failing", "cluster", Text("Secret volumes cannot be built", "Secret ボリュームを構築できない"), strength=0.4),
        Link("apiserver-unavailable", "cluster", Text("the health check fails", "ヘルスチェックが失敗する"), strength=0.3),
    ),
    asks=(Ask("kubectl get secret -A -o name | wc -l; diff of --encryption-provider-config on all API servers; kubectl get --raw '/readyz?verbose'", Text("internal error on list, or differing files", "list で内部エラー、またはファイルの差異"), ("configmap-or-secret-missing", "etcd-data-corrupted", "apiserver-flags-invalid"), "apiserver-log"),),
    remedies=(
        Remedy("temporary", Text("put the former key back into the configuration of every API server (after the new one), restart them; restore the KMS plugin", "旧鍵を全 API サーバーの設定に戻し(新鍵の後ろ)、再起動する。KMS プラグインを復旧する"), Text("without the key the objects cannot be recovered", "鍵がなければオブジェクトは復元できない"), "kubectl get --raw '/readyz?verbose'", "kubectl get secrets -A -o name | wc -l", "disruptive"),
        Remedy("permanent", Text("rotate keys in the documented order, keep them in a vault, rewrite all Secrets before removing a key", "文書の手順どおりに鍵を更新し、鍵を保管し、鍵の削除前に全 Secret を書き直す"), Text("none", "なし"), "kubectl get secrets -A -o json | kubectl replace -f -", "kubectl get --raw '/readyz?verbose'", "disruptive"),
    ),
    examples=(
        hit("shell", 'Error from server (InternalError): Internal error occurred: unable to transform key "/registry/secrets/shop/tls": no matching key was found for the provided AES transformer'),
        hit("kube-apiserver", "failed to list *core.Secret: no matching prefix found"),
        hit("kube-apiserver", "[-]kms-provider-0 failed: reason withheld"),
        hit("kube-apiserver", "error while establishing connection to KMS plugin: context deadline exceeded"),
        near_miss("kubelet", 'secrets "tls" not found'),
        near_miss("kube-apiserver", "[-]etcd failed: reason withheld"),
    ),
    versions="v1.13 and later",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/",),
)
