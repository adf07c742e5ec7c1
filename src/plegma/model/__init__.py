"""The words of plegma as frozen dataclasses: what was seen, of what, when, and what follows from it.

Must never: import anything else of plegma, do I/O, or read a clock.
"""
