"""An issue in the words of a language model: asked for each item, checked against its article, else as it was.

Only what an issue prints is asked for, so that the cost is bounded by the issue. Answers are kept in the store by what
was asked; composing again asks nothing and says the same.
"""

from crawler.rewording.issue import Rewording, account_of_wording, reword

__all__ = ["Rewording", "account_of_wording", "reword"]
