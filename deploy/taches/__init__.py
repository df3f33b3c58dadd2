"""Tasks of a deployment: run once, repeatable, from a service's own image."""
