"""A Diagnosis -> a guarded plan -> actions -> proof that they worked.

What is planned is decided by pure functions; only `actions` touches a cluster or a node, and only when told to.
"""
