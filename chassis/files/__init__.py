"""Files people attach: checked, turned into page images, kept until something refers to them."""
