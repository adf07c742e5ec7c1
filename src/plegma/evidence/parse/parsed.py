"""What a parser gives back; the types live in the model, since the engine reads them too."""

from plegma.model.parts import ClockHints, Parsed

__all__ = ["ClockHints", "Parsed"]
