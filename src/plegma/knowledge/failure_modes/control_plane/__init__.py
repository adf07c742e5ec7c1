"""Failure modes of the layer: control_plane."""
