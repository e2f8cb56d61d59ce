"""`python -m ictdiplo` is `ictdiplo`."""

from .cli import app

app(prog_name="ictdiplo")
