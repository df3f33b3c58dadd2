"""What one may ask the service to do, and in what order it does it."""
