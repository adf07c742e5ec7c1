"""A diagnosis as text for the terminal, Markdown or JSON.

Must never: decide anything, do I/O, or read a clock.
"""
