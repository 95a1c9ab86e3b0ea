"""Every change a user can make, each one action: one transaction, one audit row, one undo step."""
