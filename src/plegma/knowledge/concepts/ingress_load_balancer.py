"""The way from outside to a Service."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="ingress-load-balancer",
    title=Text("Ingress and load balancers", "Ingress とロードバランサー"),
    what=Text(
        "A Service of type LoadBalancer is made real by the cloud controller (or MetalLB and the like): it orders a load balancer that sends to a node port of the nodes. An Ingress, or a Gateway, only describes routes by host and path; an ingress controller (a pod, such as nginx or Traefik, chosen by the IngressClass) turns them into its own configuration and sends straight to the pods' addresses. Kubernetes itself moves no packet for either.",
        "type: LoadBalancer の Service を実現するのは cloud controller(または MetalLB など)で、ノードの node port に送るロードバランサーを用意する。Ingress や Gateway はホストとパスによる経路の記述にすぎず、IngressClass で選ばれた ingress controller(nginx や Traefik などの Pod)が自分の設定に変換し、Pod のアドレスへ直接送る。どちらの場合も、Kubernetes 自身はパケットを運ばない。",
    ),
    fails=Text(
        "EXTERNAL-IP <pending>: nobody in the cluster makes load balancers, or the cloud refused (quota, permission, subnet): see the Service's events. 404 from the controller: no rule matches, or the Ingress has a class that no controller serves. 503: the rule matches but the Service has no ready endpoints. 502 and 504: the pod closed or did not answer. 413, 499 and certificate warnings are the controller's own settings. With externalTrafficPolicy Local only nodes with a pod of the Service answer.",
        "EXTERNAL-IP が <pending> のままなら、ロードバランサーを作るものがクラスターにないか、クラウドが拒んでいる(上限・権限・サブネット)。Service のイベントを見る。controller の 404 は、合致する規則がないか、どの controller も扱わない class が指定されている。503 は、規則は合うが Service に ready な Endpoint がない。502 と 504 は、Pod が切断したか応答しない。413・499・証明書の警告は controller 自身の設定である。externalTrafficPolicy: Local では、その Service の Pod がいるノードだけが応答する。",
    ),
    look=(
        Look("kubectl -n {namespace} get ingress,svc,endpointslices; kubectl get ingressclass", Text("class, address, backend, and endpoints", "class・アドレス・バックエンド・Endpoint")),
        Look("kubectl -n {namespace} describe svc NAME", Text("SyncLoadBalancerFailed with the cloud's answer", "SyncLoadBalancerFailed とクラウドの応答")),
    ),
    numbers=(
        Number(Text("range of node ports", "node port の範囲"), "30000–32767", "pkg/kubeapiserver/options/options.go"),
    ),
    see=("kube-proxy", "probes", "certificates"),
    modes=("ingress-backend-missing", "ingress-class-missing", "load-balancer-not-provisioned", "service-without-endpoints", "service-target-port-wrong", "readiness-probe-failing"),
    aliases=("ingress", "load balancer", "gateway", "LoadBalancer", "EXTERNAL-IP", "503"),
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/",),
)
