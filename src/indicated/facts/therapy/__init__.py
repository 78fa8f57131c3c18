"""Physical and occupational therapy: begun, planned around the block, and limited by pain."""
