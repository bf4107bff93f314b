"""The static site: from values to pages, (path, text). Issues come with their bodies as safe markup."""
