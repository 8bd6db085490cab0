"""Watch it: what is known becomes a timeline, a contact log and a brief."""
