"""A world as the real tools print it: kubectl, the kubelet's log, docker or crictl, the runtime's log, dmesg, CNI files.

It must never do I/O, nor say anything of the scenario's truth in the evidence.
"""
