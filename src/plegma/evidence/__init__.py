"""Evidence: reading it (I/O) and parsing it (pure)."""
