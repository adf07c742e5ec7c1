"""Failure modes of the layer: kubelet."""
