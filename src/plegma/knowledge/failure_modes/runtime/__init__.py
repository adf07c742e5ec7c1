"""Failure modes of the layer: runtime."""
