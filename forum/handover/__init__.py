"""The hand-over: bodies outside this site, and the pack with which an author turns to one of them."""
