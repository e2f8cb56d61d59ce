"""Batches sent, looked up and fetched.

Whatever is learnt is written down at once, so that a run that ends in between loses nothing, and
pays for nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import RequestRefused, UnknownModel
from ..read.faults import own_errors
from ..read.model import Model
from .batch_folder import Batch, BatchFolder, Docket


class Desk:
    """The batches of a folder, and the provider that works on them."""

    def __init__(self, place: BatchFolder, model: Model, docket: Docket) -> None:
        self.place = place
        self.model = model
        self.docket = docket

    def add(self, batches: Iterable[Batch]) -> None:
        """Note batches that were written."""
        written = tuple(batches)
        self._keep((*self.docket.batches, *written))

    def send_all(self) -> None:
        """Send what was not sent yet."""
        for batch in self.docket.batches:
            if batch.id is None:
                self._replace(self._sent(batch))

    def refresh(self) -> None:
        """Note what has become of each batch."""
        for batch in self.docket.batches:
            self._replace(self.looked_up(batch))

    def looked_up(self, batch: Batch) -> Batch:
        """Return what has become of a batch."""
        if batch.id is None or batch.has_ended:
            return batch
        with own_errors(self.model.timeout):
            return _told(batch, self.model.client().batches.retrieve(batch.id))

    def download(self) -> None:
        """Fetch what came of batches that have ended; some requests are answered even of one that expired."""
        for batch in self.docket.batches:
            if batch.has_ended and not batch.collected:
                self._fetch(batch.output_file_id, self.place.part(batch, "output"))
                self._fetch(batch.error_file_id, self.place.part(batch, "errors"))

    def mark_collected(self) -> None:
        """Note that what came of batches that have ended is among the results."""
        for batch in self.docket.batches:
            if batch.has_ended:
                self._replace(batch.model_copy(update={"collected": True}))

    def keys_under_way(self) -> set[str]:
        """Return the keys of all questions that may still be answered."""
        waiting = (batch for batch in self.docket.batches if not batch.has_ended)
        return {key for batch in waiting for key in self.place.keys(batch)}

    def _fetch(self, file_id: str | None, path: Path) -> None:
        if not file_id or path.exists():
            return
        draft = path.with_name(f".{path.name}.draft")
        with (
            own_errors(self.model.timeout),
            self.model.client().files.with_streaming_response.content(file_id) as content,
        ):
            content.stream_to_file(draft)
        draft.replace(path)

    def _sent(self, batch: Batch) -> Batch:
        client = self.model.client()
        with _where_batches_are(), own_errors(self.model.timeout):
            # It may have been created in a run that ended before it could note the id.
            for known in client.batches.list(limit=100):
                if (known.metadata or {}).get("ictdiplo") == batch.token:
                    return _told(batch, known)
            file = client.files.create(file=self.place.part(batch, "requests"), purpose="batch")
            created = client.batches.create(
                completion_window="24h",
                endpoint="/v1/chat/completions",
                input_file_id=file.id,
                metadata={"ictdiplo": batch.token},
            )
            return _told(batch, created)

    def _replace(self, batch: Batch) -> None:
        before = self.docket.batches
        after = tuple(batch if each.number == batch.number else each for each in before)
        if after != before:
            self._keep(after)

    def _keep(self, batches: tuple[Batch, ...]) -> None:
        self.docket = self.docket.model_copy(update={"batches": batches})
        self.place.write_docket(self.docket)


@contextmanager
def _where_batches_are() -> Iterator[None]:
    try:
        yield
    except UnknownModel:
        raise RequestRefused(
            "The endpoint has no batches, or none for this model; OpenAI and Azure do."
        ) from None


def _told(batch: Batch, told: Any) -> Batch:
    """Add what the provider tells of a batch; of errors only the code, as they may quote anything."""
    counts = told.request_counts
    errors = (told.errors.data if told.errors else None) or []
    news = {
        "id": told.id,
        "status": told.status,
        "completed": counts.completed if counts else 0,
        "failed": counts.failed if counts else 0,
        "reason": next((error.code for error in errors if error.code), None),
        "output_file_id": told.output_file_id,
        "error_file_id": told.error_file_id,
    }
    return batch.model_copy(update=news)
