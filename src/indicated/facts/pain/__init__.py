"""Pain scores and how severe the pain is said to be."""
