"""The lab's terminal views (extra `play`). They show and ask; what happens is decided in lab and app.

Imported by the commands that need them only: textual is heavy.
"""
