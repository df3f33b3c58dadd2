"""The pages, one small file per subject."""
