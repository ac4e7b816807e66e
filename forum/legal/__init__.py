"""Legal notices, what is held for them, and the notice after a breach."""
