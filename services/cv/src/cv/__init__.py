"""The CV of a teacher, item by item, and its verification."""
