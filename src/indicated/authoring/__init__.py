"""For those who write policies: the cases beside a policy, mutants of it, and what a change would do."""
