"""People with an office, one person as moderators see them, requests and readings."""
