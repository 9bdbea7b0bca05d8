"""Files -> documents -> passages -> indexes."""
