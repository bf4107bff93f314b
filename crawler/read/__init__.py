"""Reading what a publisher said: feeds, JSON feeds, sitemaps and listings become entries."""
