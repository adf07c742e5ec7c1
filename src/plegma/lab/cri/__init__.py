"""The container runtime of a node as a model: what it holds, and how each CRI call goes.

It must never decide what the kubelet does next; it answers calls as containerd or dockershim would.
"""
