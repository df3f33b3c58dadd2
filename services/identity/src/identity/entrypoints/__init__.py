"""The doors: HTTP, relay, accounts, importer."""
