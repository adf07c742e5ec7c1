"""Reading the node that plegma runs on: its runtime's socket, its /proc, journal, CNI state and kernel log.

Everything is told as a person would have collected it (a command and its output), so that the same parsers read it and
every finding leads back to a line.

Must never: change anything on the node, or wait without a deadline. What does not answer in time is itself told.
"""
