"""`plegma serve`: a web page over loopback that takes evidence, has it diagnosed and shows the report.

Must never: decide anything about a case (that is `engine`, run in a process of its own), keep evidence after its
diagnosis, let a byte of it reach a page other than as text, or answer a request that it did not check first (host,
token, origin).
"""
