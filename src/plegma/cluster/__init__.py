"""The Kubernetes API: requests as values, outcomes as values, and two ways to ask (kr8s, or the kubectl program).

Must never: decide what to ask, raise for what a server does (a refusal and a silence are outcomes), or wait without a
deadline.
"""

from plegma.cluster.clients import Client, client_for
from plegma.cluster.outcomes import Answer, Outcome, Refusal, Silence
from plegma.cluster.patience import Patient
from plegma.cluster.requests import Request

__all__ = ["Answer", "Client", "Outcome", "Patient", "Refusal", "Request", "Silence", "client_for"]
