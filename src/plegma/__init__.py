"""plegma: root-cause diagnosis for Kubernetes pods and nodes."""

__version__ = "0.1.0"
