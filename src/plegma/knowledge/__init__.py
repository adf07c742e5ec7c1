"""What can go wrong in a Kubernetes node or pod, as data: one file for each failure mode.

Must never: read evidence, do I/O beyond importing its own modules, or know how the engine weighs a record.
"""
