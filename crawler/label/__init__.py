"""Labels: language, tags, kind, company, audience line and summary, each with its reasons."""
