"""The wire to other programs: a container runtime's CRI, Docker's engine. Errors are this package's own classes.

Must never: decide what an answer means, retry, or wait longer than it was told. Heavy imports (grpc, docker) happen when
a client is made.
"""
