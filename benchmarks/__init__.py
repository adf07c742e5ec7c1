"""What plegma costs, as ratios to things that everybody has; `make bench` prints them.

Must never: be imported by plegma, or judge by bare seconds, which say more of the machine than of the program.
"""
