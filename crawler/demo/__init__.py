"""A small web of invented engineering blogs, served on loopback: what `crawl demo` reads."""
