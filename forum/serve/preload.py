"""Imports the application and its features; the web server does so once, before its workers are forked."""

from importlib import import_module

from forum.app import FEATURES

for feature in FEATURES:
    import_module(f"forum.{feature}.views")
