"""What the things are that a diagnosis speaks of: one file for each concept, found by listing this package.

Must never: describe a single fault (that is a failure mode), or give a number without its source.
"""
