"""What the service shows: domain objects turned into the shapes the pages read."""
