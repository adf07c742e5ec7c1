"""Failure modes of the layer: storage."""
