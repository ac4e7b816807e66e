"""Against spam and crowds: lists of words and links, near-equal texts, bursts of votes; nothing is dropped by them."""
