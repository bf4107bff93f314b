"""`python -m crawler` is the command `crawl`."""

from crawler.cli import main

if __name__ == "__main__":
    main()
