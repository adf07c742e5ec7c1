"""Failure modes of the layer: image."""
