"""What the moderators look at: the queue, one thing with what is known of it, a report by its number."""
