"""Use cases: what a person does with plegma, from arguments to a result.

Must never: parse command lines, print, or decide what evidence means.
"""
