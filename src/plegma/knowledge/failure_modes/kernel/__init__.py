"""Failure modes of the layer: kernel."""
