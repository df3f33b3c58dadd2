"""Threads between an agent and her gestionnaire, and the notices left by decisions."""
