"""One file, one fault (FAULT) or combination of faults (SCENARIO), each naming its true cause.

A file here must never import knowledge or engine, nor be fitted to what the diagnosis looks for: texts are those of the
programs' sources.
"""
