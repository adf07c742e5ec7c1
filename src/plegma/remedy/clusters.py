"""Hands on the API: facts of the objects, server-side dry runs, deletions, evictions, patches."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from plegma.cluster import Answer, Patient, Refusal, Request, Silence
from plegma.cluster.listings import Page, pages
from plegma.cluster.requests import delete, evict, get, patch, path_of
from plegma.remedy.actions import Action, CordonNode, DeletePod, DrainNode, EvictPod, RestartRollout, UndoRollout
from plegma.remedy.facts import Facts, Fleet, NodeFacts, PodFacts, WorkloadFacts
from plegma.remedy.outcomes import Done, Failed, Outcome
from plegma.remedy.readings import (
    Thing,
    controller_of,
    disruptions_allowed,
    is_mirror,
    is_paused,
    is_ready,
    local_volumes,
    name_of,
    previous_template,
    to_evict,
)

_GROUPS = {"ReplicaSet": "apps/v1", "Deployment": "apps/v1", "StatefulSet": "apps/v1", "DaemonSet": "apps/v1", "Job": "batch/v1"}
_PLURALS = {"deployment": "deployments", "daemonset": "daemonsets", "statefulset": "statefulsets"}
_BUDGETS = "policy/v1"
_EVICTION_PATIENCE = 120.0
"""Seconds for a pod whose budget says no at first."""


class ApiError(Exception):
    """The API could not be asked; its text says what it answered."""


class ClusterHands:
    """See `plegma.remedy.runs.Hands`. `pod` is the diagnosis' pod, whose owner a remedy without a name means."""

    def __init__(
        self,
        client: Patient,
        pod: tuple[str, str] | None,
        now: Callable[[], datetime],
        wait: Callable[[float], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._client, self._pod, self._now, self._wait, self._monotonic = client, pod, now, wait, monotonic

    def node_of(self, action: Action, facts: Facts) -> str:
        """The pod's node, or the node itself; a rollout has none."""
        return action.node if isinstance(action, CordonNode | DrainNode) else facts.node if isinstance(facts, PodFacts) else ""

    def facts(self, action: Action) -> Facts | Failed:
        """What is so right now."""
        try:
            match action:
                case DeletePod() | EvictPod():
                    return self._of_pod(action.namespace, action.name)
                case RestartRollout() | UndoRollout():
                    return self._of_workload(action)
                case CordonNode() | DrainNode():
                    return self._of_node(action.node)
                case _:
                    return Failed("it is no action for the API")
        except ApiError as error:
            return Failed(str(error))

    def rehearse(self, action: Action, facts: Facts) -> Outcome:
        """The same with dryRun=All: the server checks rights, admission and budgets, and changes nothing."""
        return self._go(action, facts, dry_run=True)

    def act(self, action: Action, facts: Facts) -> Outcome:
        """Does it."""
        return self._go(action, facts, dry_run=False)

    def fleet(self) -> Fleet | None:
        """How many nodes there are and how many are not Ready; None when the API does not tell."""
        try:
            nodes = list(self._list(get(path_of("nodes"))))
        except ApiError:
            return None
        return Fleet(len(nodes), sum(not is_ready(n) for n in nodes))

    def _go(self, action: Action, facts: Facts, dry_run: bool) -> Outcome:
        try:
            match action, facts:
                case DeletePod(), PodFacts():
                    return self._send(delete(path_of("pods", "v1", action.namespace, action.name), dry_run=dry_run, uid=facts.uid))
                case EvictPod(), PodFacts():
                    return self._send(evict(action.namespace, action.name, dry_run=dry_run, uid=facts.uid))
                case RestartRollout(), WorkloadFacts():
                    return self._send(patch(self._workload_path(action, facts.name), self._restart(), dry_run=dry_run))
                case UndoRollout(), WorkloadFacts():
                    return self._undo(action, facts.name, dry_run)
                case CordonNode(), _:
                    return self._cordon(action.node, not action.off, dry_run)
                case DrainNode(), _:
                    return self._drain(action.node, dry_run)
                case _:
                    return Failed("it is no action for the API")
        except ApiError as error:
            return Failed(str(error))

    def _restart(self) -> object:
        """As kubectl rollout restart writes it (kubectl pkg/polymorphichelpers/objectrestarter.go)."""
        stamp = self._now().isoformat(timespec="seconds")
        return {"spec": {"template": {"metadata": {"annotations": {"kubectl.kubernetes.io/restartedAt": stamp}}}}}

    def _undo(self, action: UndoRollout, name: str, dry_run: bool) -> Outcome:
        path = self._workload_path(action, name)
        template = previous_template(self._get(path), list(self._list(get(path_of("replicasets", "apps/v1", action.namespace)))))
        if template is None:
            return Failed("there is no earlier revision to go back to")
        return self._send(patch(path, [{"op": "replace", "path": "/spec/template", "value": template}], "json", dry_run=dry_run))

    def _cordon(self, node: str, on: bool, dry_run: bool) -> Outcome:
        return self._send(patch(path_of("nodes", "v1", "", node), {"spec": {"unschedulable": on}}, dry_run=dry_run))

    def _drain(self, node: str, dry_run: bool) -> Outcome:
        outcome = self._cordon(node, True, dry_run)
        if isinstance(outcome, Failed):
            return outcome
        moved = 0
        for pod in to_evict(self._pods_on(node)):
            said = self._evicted(pod, dry_run)
            if isinstance(said, Failed):
                return Failed(f"{name_of(pod)}: {said.said} ({moved} pods were evicted before it)")
            moved += 1
        return Done(f"{moved} pods were evicted")

    def _evicted(self, pod: Thing, dry_run: bool) -> Outcome:
        """Asked again while a budget forbids it (429), as kubectl drain does."""
        meta = pod["metadata"]
        request = evict(meta["namespace"], meta["name"], dry_run=dry_run, uid=str(meta.get("uid", "")))
        end = self._monotonic() + (0 if dry_run else _EVICTION_PATIENCE)
        while True:
            answer = self._client.ask(request)
            if isinstance(answer, Refusal) and answer.status == 404:
                return Done("it was gone already")
            if not isinstance(answer, Refusal) or answer.status != 429 or self._monotonic() >= end:
                return _outcome(answer)
            self._wait(answer.retry_after or 5.0)

    def _of_pod(self, namespace: str, name: str) -> PodFacts:
        pod = self._get_if(path_of("pods", "v1", namespace, name))
        if pod is None:
            return PodFacts(False)
        reference = controller_of(pod)
        owner = self._owner(namespace, reference) if reference else None
        peers = [p for p in self._list(get(path_of("pods", "v1", namespace))) if reference and _is_peer(p, pod, reference)]
        meta = pod["metadata"]
        node = str((pod.get("spec") or {}).get("nodeName") or "")
        return PodFacts(
            exists=True, uid=str(meta.get("uid", "")), node=node,
            owner=f"{reference['kind']}/{reference['name']}" if reference else "",
            owner_ending=bool(reference) and (owner is None or bool(owner["metadata"].get("deletionTimestamp"))),
            mirror=is_mirror(pod), ready=is_ready(pod), peers_ready=sum(is_ready(p) for p in peers),
            disruptions_allowed=disruptions_allowed(pod, self._list(get(path_of("poddisruptionbudgets", _BUDGETS, namespace)))),
            local_data=local_volumes(pod), ending=bool(meta.get("deletionTimestamp")),
            paused_by=self._pausing(pod, owner, namespace, node),
        )  # fmt: skip

    def _owner(self, namespace: str, reference: Thing) -> Thing | None:
        """The owner's object; None when it is gone. One of a kind that we do not know is taken as being there."""
        group = _GROUPS.get(str(reference["kind"]))
        if group is None:
            return {"metadata": {"name": reference["name"]}}
        return self._get_if(path_of(f"{str(reference['kind']).lower()}s", group, namespace, str(reference["name"])))

    def _pausing(self, pod: Thing | None, owner: Thing | None, namespace: str, node: str) -> str:
        """What bears the annotation, nearest first. Raises ApiError when one of them may not be read: it could say no."""
        near = [(f"the pod {name_of(pod)}", pod)] if pod else []
        near += [(f"its owner {name_of(owner)}", owner)] if owner else []
        if namespace:
            near.append((f"the namespace {namespace}", self._get_if(path_of("namespaces", "v1", "", namespace)) or {}))
        if node:
            near.append((f"the node {node}", self._get_if(path_of("nodes", "v1", "", node)) or {}))
        return next((who for who, thing in near if is_paused(thing)), "")

    def _of_workload(self, action: RestartRollout | UndoRollout) -> WorkloadFacts:
        name = action.name or self._owner_name(action)
        thing = self._get_if(self._workload_path(action, name)) if name else None
        if thing is None:
            return WorkloadFacts(False)
        spec, status = thing.get("spec") or {}, thing.get("status") or {}
        sets = self._list(get(path_of("replicasets", "apps/v1", action.namespace))) if isinstance(action, UndoRollout) else ()
        previous = action.kind == "deployment" and previous_template(thing, list(sets)) is not None
        wanted = spec.get("replicas", status.get("desiredNumberScheduled", 0))
        ready = status.get("readyReplicas", status.get("numberReady", 0))
        return WorkloadFacts(True, name, previous, int(ready or 0), int(wanted or 0), bool(spec.get("paused")),
                             self._pausing(None, thing, action.namespace, ""))  # fmt: skip

    def _owner_name(self, action: RestartRollout | UndoRollout) -> str:
        """The owner of the diagnosis' pod, a Deployment by way of its ReplicaSet; "" when it is of another kind."""
        pod = self._get_if(path_of("pods", "v1", *self._pod)) if self._pod else None
        reference = controller_of(pod) if pod else None
        if reference and reference["kind"] == "ReplicaSet":
            owner = self._owner(action.namespace, reference)
            reference = controller_of(owner) if owner else None
        return str(reference["name"]) if reference and str(reference["kind"]).lower() == action.kind else ""

    def _workload_path(self, action: RestartRollout | UndoRollout, name: str) -> str:
        return path_of(_PLURALS[action.kind], "apps/v1", action.namespace, name)

    def _of_node(self, name: str) -> NodeFacts:
        node = self._get_if(path_of("nodes", "v1", "", name))
        if node is None:
            return NodeFacts(False)
        pods = list(to_evict(self._pods_on(name)))
        budgets = list(self._list(get(path_of("poddisruptionbudgets", _BUDGETS))))
        blocked = [p for p in pods if (allowed := disruptions_allowed(p, budgets)) is not None and allowed < 1]
        return NodeFacts(
            True, bool((node.get("spec") or {}).get("unschedulable")),
            tuple(name_of(p) for p in pods if controller_of(p) is None), tuple(name_of(p) for p in pods if local_volumes(p)),
            tuple(map(name_of, blocked)), len(pods), self._pausing(None, None, "", name),
        )  # fmt: skip

    def _pods_on(self, node: str) -> list[Thing]:
        return list(self._list(get(path_of("pods"), fieldSelector=f"spec.nodeName={node}")))

    def _send(self, request: Request) -> Outcome:
        return _outcome(self._client.ask(request))

    def _get(self, path: str) -> Thing:
        found = self._get_if(path)
        if found is None:
            raise ApiError(f"{path}: not found")
        return found

    def _get_if(self, path: str) -> dict[str, Any] | None:
        """The object; None when there is none. Raises ApiError for any other answer."""
        answer = self._client.ask(get(path))
        match answer:
            case Answer():
                return _thing(path, answer)
            case Refusal(status=404):
                return None
            case _:
                raise ApiError(f"{path}: {answer.message}")

    def _list(self, request: Request) -> Iterator[Thing]:
        """All items. Raises ApiError: half a list is no ground to act on."""
        items: list[dict[str, Any]] = []
        for page in pages(self._client, request):
            match page:
                case Page():
                    items += page.items
                case Refusal() | Silence():
                    raise ApiError(f"{request.path}: {page.message}")
                case _:
                    items.clear()
        return iter(items)


def _thing(path: str, answer: Answer) -> dict[str, Any]:
    try:
        thing = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise ApiError(f"{path}: the answer is no object of Kubernetes: {error}") from error
    if not answer.whole or not isinstance(thing, dict) or "metadata" not in thing:
        raise ApiError(f"{path}: the answer is no whole object of Kubernetes")
    return thing


def _is_peer(other: Thing, pod: Thing, reference: Thing) -> bool:
    controller = controller_of(other)
    return controller is not None and controller.get("uid") == reference.get("uid") and other["metadata"]["name"] != pod["metadata"]["name"]


def _outcome(answer: Answer | Refusal | Silence) -> Outcome:
    match answer:
        case Answer():
            return Done("the API server accepted it")
        case Refusal():
            return Failed(f"the API server refused: {answer.status} {answer.reason}: {answer.message}")
        case Silence():
            return Failed(f"the API server did not answer: {answer.message}")
