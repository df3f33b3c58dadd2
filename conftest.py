"""Every test run may ask for real servers."""

pytest_plugins = ["chassis.testing.fixtures"]
