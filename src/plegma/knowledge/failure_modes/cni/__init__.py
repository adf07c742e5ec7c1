"""Failure modes of the layer: cni."""
