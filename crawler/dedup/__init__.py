"""Identity and copies: decisions on entries, MinHash signatures, leaders of clusters."""
