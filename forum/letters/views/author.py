"""What an author does with a letter that was sent: mend, revise, withdraw, add an update."""
