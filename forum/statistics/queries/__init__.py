"""Lists behind the figures."""

from forum.statistics.queries.letters import Asked, Listed, counted_letters, names_of

__all__ = ["Asked", "Listed", "counted_letters", "names_of"]
