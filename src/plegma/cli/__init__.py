"""The command line: thin edges that parse arguments, call app and print.

Must never: decide anything about evidence. Heavy imports happen inside the commands that need them.
"""
