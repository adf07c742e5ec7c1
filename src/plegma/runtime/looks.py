"""What the kubelet looks at now and then: the network's state, garbage, images."""

import os

from cri_api.v1 import api_pb2 as cri

from plegma.agent.inputs import ImagesListed, RecordsListed
from plegma.agent.pods import Image
from plegma.runtime.clients import Client
from plegma.runtime.statuses import records_of


def network_message(status: cri.RuntimeStatus) -> str:
    """Why the network is not ready; empty when it is (pkg/kubelet/kubelet.go updateRuntimeUp)."""
    network = next((c for c in status.conditions if c.type == "NetworkReady"), None)
    if network is None or network.status:
        return ""
    return str(network.message or network.reason)


def records_listed(client: Client, reclaim: bool) -> RecordsListed:
    """All sandboxes and containers. CallError."""
    return RecordsListed(records_of(client.sandboxes(), client.containers()), reclaim)


def images_listed(client: Client, folder: str, wanted: frozenset[str], reclaim: bool) -> ImagesListed:
    """All images, those of `wanted` pods in use, with the use of the file system that holds `folder`. CallError, OSError."""
    used = wanted | {c.image_ref for c in client.containers()}
    images = tuple(Image(i.id, i.size, i.id in used or any(t in used for t in i.repo_tags)) for i in client.images() if not i.pinned)
    disk = os.statvfs(folder)
    return ImagesListed(images, (disk.f_blocks - disk.f_bfree) * disk.f_frsize, disk.f_blocks * disk.f_frsize, reclaim)
