"""Who is calling, and how this service calls the others."""
