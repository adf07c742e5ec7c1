"""Options that several commands share: declared once, as the fields of a dataclass, and spread into each command's own."""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer shall see it: a parameter whose type is a dataclass stands for that dataclass's fields.

    A field is written as a parameter is (`Annotated[..., typer.Option(...)]` and a default). The command gets the dataclass.
    """
    hints = get_type_hints(command, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if isinstance(kind, type) and is_dataclass(kind)}
    shown = [p for parameter in inspect.signature(command).parameters.values() for p in _shown(parameter, groups.get(parameter.name))]

    @wraps(command)
    def called(**values: Any) -> None:
        for name, kind in groups.items():
            values[name] = kind(**{field.name: values.pop(field.name) for field in fields(kind)})
        command(**values)

    called.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]  # what inspect looks for first
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    return called


def _shown(parameter: inspect.Parameter, group: type[Any] | None) -> list[inspect.Parameter]:
    if group is None:
        return [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
    hints = get_type_hints(group, include_extras=True)
    assert all(field.default is not MISSING for field in fields(group))
    return [
        inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])
        for field in fields(group)
    ]
