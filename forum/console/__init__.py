"""The site as administrators run it: categories, limits, announcements, read-only mode, jobs, mails, health, and each change of them."""
