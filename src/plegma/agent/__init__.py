"""The kubelet's decisions as a pure state machine: `step(state, input, now) -> (state, decisions)`.

It must never do I/O, read a clock or draw a random number: time is an argument, and a delay that the kubelet jitters
leaves here as a range. It imports nothing of plegma but the model.
"""
