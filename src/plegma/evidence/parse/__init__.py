"""Bytes and lines to observations, one file for each format.

Must never: do I/O, read a clock, or decide what an observation means.
"""
