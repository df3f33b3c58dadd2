"""What tests stand on: in-memory twins of the ports, and suites that twins and real adapters both pass."""
