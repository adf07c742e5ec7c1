"""Fuzz targets for everything that takes other people's bytes; `make fuzz` runs them.

Must never: be imported by plegma, hold other people's logs as seeds, or write outside its own folder of findings.
"""
