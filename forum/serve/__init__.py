"""Serving: one supervisor, one web server with its workers, one background worker; none outlives the others."""
