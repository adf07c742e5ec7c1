"""Failure modes of the layer: network."""
