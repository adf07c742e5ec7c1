"""A CRD's conversion webhook does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="conversion-webhook-failing",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("CRD conversion webhook failing", "CRD の conversion webhook 失敗"),
    summary=Text(
        "Objects of the CRD are stored in another version and can only be read through the webhook, which is down or has a bad certificate. Reads of that kind fail, and with them garbage collection, namespace deletion and the operator itself.",
        "CRD のオブジェクトは別バージョンで保存され、webhook 経由でしか読めないが、webhook が停止または証明書不正である。その種別の読み取りが失敗し、ガベージコレクションや namespace 削除、オペレーター自身も止まる。",
    ),
    signatures=(Signature(r"conversion webhook for \S+ Kind=\w+ failed", "any", "states", source="apiextensions-apiserver"), Signature(r"conversion webhook for .{0,120} failed: ", "any", "states", source="apiextensions-apiserver")),
    leads_to=(
        Link("garbage-collector-blocked", "cluster", Text("its caches cannot sync", "キャッシュが同期できない"), strength=0.6),
        Link("namespace-stuck-terminating", "cluster", Text("the kind cannot be listed", "その種別を列挙できない"), strength=0.5),
    ),
    asks=(Ask("kubectl get crd <name> -o jsonpath='{.spec.conversion}'; kubectl -n <ns> get pods,endpoints", Text("webhook service without ready endpoints, or a bad caBundle", "Ready な endpoint がない webhook、または不正な caBundle"), ("webhook-cert-invalid", "admission-webhook-unavailable", "crd-missing"), "services"),),
    remedies=(
        Remedy("temporary", Text("restore the webhook's pods, service and caBundle", "webhook の Pod、Service、caBundle を復旧する"), Text("none", "なし"), "kubectl -n <ns> rollout restart deploy <operator>", "kubectl get <kind> -A", "none"),
        Remedy("permanent", Text("migrate stored versions before removing an operator; replicas for the webhook", "オペレーター削除前に保存バージョンを移行し、webhook を冗長化する"), Text("none", "なし"), verify="kubectl get crd <name> -o jsonpath='{.status.storedVersions}'", risk_level="none"),
    ),
    examples=(
        hit("kube-apiserver", 'cannot list resource: conversion webhook for lab.example/v1alpha1, Kind=Widget failed: Post "https://widgets.ops.svc:443/convert?timeout=30s": dial tcp 10.96.3.3:443: connect: connection refused'),
        hit("shell", 'Error from server: conversion webhook for lab.example/v1, Kind=Widget failed: Post "https://widgets.ops.svc:443/convert": x509: certificate signed by unknown authority'),
        near_miss("k8s-event", 'failed calling webhook "v.lab.example": Post "https://v.mesh.svc:443/v": connection refused', "FailedCreate"),
    ),
    versions="v1.15 and later",
    references=("https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/",),
)
