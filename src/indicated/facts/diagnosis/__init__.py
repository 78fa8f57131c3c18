"""CRPS, the Budapest criteria with their conditions, and other neuropathic pain."""
