"""From the services' JSON to what the templates want (templates/LISEZMOI.md): pure functions."""
