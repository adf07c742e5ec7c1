"""Failure modes of the layer: pod."""
