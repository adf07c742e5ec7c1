"""From observations and the catalog to a diagnosis: match, ground, explain, choose, tell.

Must never: do I/O, read a clock, or know a file format.
"""
