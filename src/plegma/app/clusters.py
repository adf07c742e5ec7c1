"""A running cluster as a source of evidence: who asks it, for how long, and about what."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from plegma.cluster import Patient
from plegma.cluster.clients import Access, Choice, client_for
from plegma.evidence.read.live import Collection, Question
from plegma.evidence.read.live.inquiries import Progress

EACH = 15.0
"""Seconds for one request; a kubelet behind the API server has 10."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cluster and what is asked of it; `seconds` is the time for everything together."""

    question: Question
    access: Access = Access()  # noqa: RUF009 - frozen
    seconds: float = 120.0
    client: Choice = "auto"


@contextmanager
def collection_from(target: Target, progress: Progress | None = None) -> Iterator[Collection]:
    """A collection that asks the target while its artifacts are iterated.

    Raises cluster.clients.NoClientError when there is neither kr8s nor kubectl.
    """
    client = client_for(target.access, target.client)
    try:
        patient = Patient(client, min(EACH, target.seconds), target.seconds)
        yield Collection(patient, target.question, datetime.now(UTC), target.access.context or "(current context)", progress)
    finally:
        client.close()
