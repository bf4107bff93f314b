"""The benchmark: what the crawl costs, beside the programs that people use instead. Run by `scripts/bench`."""
