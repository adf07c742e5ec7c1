"""Failure modes of the layer: cri."""
