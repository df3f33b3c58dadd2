"""The gateway: sign-in, sessions, pages, live updates and the queue view. It has no domain."""
