"""What is kept: database, blobs, ledger, events. The only SQL."""
