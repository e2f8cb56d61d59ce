"""What can go wrong.

    IctdiploError
    ├── ArticleError             the input is no article that can be read
    │   ├── EmptyArticle             no text in it
    │   ├── ArticleTooLong           more text than one article can have
    │   ├── AddressRefused           no web address, or one that is not fetched: a private network's
    │   ├── RobotsRefused            the site asks programs not to fetch the page
    │   └── PageUnavailable          the page did not come, or is no text
    ├── SettingsError            a setting makes no sense: a name, a mode, a date, an address
    ├── PromptError              a template is missing, or a blank in it was left unfilled
    ├── CacheError               the cache directory cannot be trusted
    ├── EvaluationError          gold or predictions are missing, or not in form
    ├── RunError                 a run's folder is in use, or a file of results is not in form
    ├── TableError               records that no table can hold, or a database not in form
    └── ModelError               the model gave no usable answer
        ├── ModelUnavailable         outage or lost connection: tried again, then this
        │   ├── RateLimited              too many requests
        │   └── DeadlineExceeded         the article's time was up
        ├── RequestRefused           the endpoint will not take the request: not tried again
        │   ├── BadCertificate           it cannot prove to be the host that was named
        │   ├── BadKey                   the key is missing, wrong or lacks the right
        │   ├── QuotaExhausted           the account has nothing left
        │   ├── UnknownModel             no such model, or no such address
        │   ├── UnsupportedMode          the endpoint does not take this way of asking
        │   └── ContextOverflow          the article does not fit into the model
        ├── ModelRefused             the model declined to answer
        ├── ContentFiltered          the provider withheld the answer
        ├── OutputTruncated          the answer was cut off at the token limit
        └── InvalidAnswer            it answered, but never in the form that was asked for

Every error can be pickled, so that a worker process can report it, and none of them
carries a key or the article's text.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "AddressRefused",
    "ArticleError",
    "ArticleTooLong",
    "BadCertificate",
    "BadKey",
    "CacheError",
    "ContentFiltered",
    "ContextOverflow",
    "DeadlineExceeded",
    "EmptyArticle",
    "EvaluationError",
    "IctdiploError",
    "InvalidAnswer",
    "ModelError",
    "ModelRefused",
    "ModelUnavailable",
    "OutputTruncated",
    "PageUnavailable",
    "PromptError",
    "QuotaExhausted",
    "RateLimited",
    "RequestRefused",
    "RobotsRefused",
    "RunError",
    "SettingsError",
    "TableError",
    "UnknownModel",
    "UnsupportedMode",
]


class IctdiploError(Exception):
    """The base of all errors of this library; its text says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), self.message))


class ArticleError(IctdiploError):
    """The input is no article that can be read; `place` is the file and line, if it has one."""

    place = ""


class EmptyArticle(ArticleError):
    """There is no text in the input, or nothing but page furniture."""


class ArticleTooLong(ArticleError):
    """The input has more text than one article can have."""


class AddressRefused(ArticleError):
    """No web address, or one that is not fetched, such as that of a private network."""


class RobotsRefused(ArticleError):
    """The site's robots.txt asks programs not to fetch the page."""


class PageUnavailable(ArticleError):
    """The page did not come: no such host, an error of the server, too slow, or no text."""


class SettingsError(IctdiploError):
    """A setting makes no sense: a name, a mode, a date, an address."""


class PromptError(IctdiploError):
    """A template is missing, or a blank in it was left unfilled."""


class CacheError(IctdiploError):
    """The cache directory cannot be trusted, for example because others may write to it."""


class EvaluationError(IctdiploError):
    """Gold or predictions are missing or not in form, or an article is predicted twice."""


class RunError(IctdiploError):
    """The folder of a run is used by another run, or a file of results is not in form."""


class TableError(IctdiploError):
    """A table cannot hold the records, or a database of them is not in form."""


class ModelError(IctdiploError):
    """The model gave no usable answer; `usage`, a `Usage`, is what the attempts cost all the same."""

    usage: Any = None


class ModelUnavailable(ModelError):
    """An outage, a lost connection or a reply that is no completion; it was tried again.

    `retry_after` is in seconds, None where the endpoint did not say how long to wait.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[ModelUnavailable], tuple[str], dict[str, Any]]:
        return type(self), (self.message,), vars(self)


class RateLimited(ModelUnavailable):
    """Too many requests."""


class DeadlineExceeded(ModelUnavailable):
    """The time allowed for one article was up."""


class RequestRefused(ModelError):
    """The endpoint will not take this request, however often it is sent."""


class BadCertificate(RequestRefused):
    """The endpoint cannot prove to be the host that was named, so nothing was sent to it."""


class BadKey(RequestRefused):
    """The key is missing, wrong, or lacks the right to this model."""


class QuotaExhausted(RequestRefused):
    """The account has nothing left to spend."""


class UnknownModel(RequestRefused):
    """The endpoint knows no such model, or nothing answers at that address."""


class UnsupportedMode(RequestRefused):
    """The endpoint does not take this way of asking for the answer's form."""


class ContextOverflow(RequestRefused):
    """Prompt and article together are longer than the model can read."""


class ModelRefused(ModelError):
    """The model declined to answer; an article is never taken for empty because of it."""


class ContentFiltered(ModelError):
    """The provider's filter withheld the answer."""


class OutputTruncated(ModelError):
    """The answer was cut off at the token limit."""


class InvalidAnswer(ModelError):
    """The model answered, but never in the form that was asked for."""
