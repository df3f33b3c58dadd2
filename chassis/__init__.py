"""The library every service stands on. It holds not one word of the domain."""
