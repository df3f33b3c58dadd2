"""The rules of identity. Pure Python."""
