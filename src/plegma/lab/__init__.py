"""A cluster in virtual time: API facts, controllers, CRI and CNI models, faults, and evidence as the real tools write it.

It must never import knowledge or engine (a lab that feeds the rules proves nothing), do I/O, read a clock, or draw from
any source of chance but the `random.Random` it is handed: the same seed gives the same bytes.
"""
