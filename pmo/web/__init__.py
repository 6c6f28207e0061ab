"""Pages: one blueprint for a noun, in a module of its name."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint, Flask


def init_app(app: Flask) -> None:
    """Add the blueprint `bp` of every module here."""
    for blueprint in blueprints():
        app.register_blueprint(blueprint)


def blueprints() -> list[Blueprint]:
    """Return all blueprints of pages, by name of their module."""
    modules = sorted(module.name for module in iter_modules(__path__))
    found = (import_module(f"{__name__}.{name}") for name in modules)
    return [module.bp for module in found if hasattr(module, "bp")]
