"""The pod network of a node as a model: configuration, plugins, addresses, and how ADD, DEL and CHECK end.

It must never know the kubelet or a runtime: those ask, and word the answer in their own way.
"""
