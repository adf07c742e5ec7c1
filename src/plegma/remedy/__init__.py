"""A Diagnosis -> a guarded plan -> actions -> proof that they worked.

`command_lines`, `plans`, `preconditions`, `guards`, `proofs` and `outlines` decide, and do no I/O; `nodes` and `clusters`
look and act; `histories` and `audits` keep what was done; `runs` goes through a plan, step by step.

Must never: act without a plan that says what, why and how to undo it; act on a guess; delete what can be moved aside.
"""
