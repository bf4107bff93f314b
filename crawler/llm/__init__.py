"""Wording by a language model: what is asked, how its answer is read, and the check that it has to pass."""

MISSING = (
    "sources.yaml has a section `llm`, but what it needs is not installed ({}):"
    " pip install 'weekly-roundup[llm]', or give --no-llm"
)
"""What a person is told; the gap is for the import that failed."""
