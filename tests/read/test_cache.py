"""The cache keeps text, refuses everything else, and never loses an answer to a failure."""

import json
import logging
import os
import pickle
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.errors import CacheError, DeadlineExceeded
from ictdiplo.read import cache
from ictdiplo.read.cache import Answers, CacheInfo, cache_key, default_directory, one_at_a_time

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "answers"


@pytest.fixture
def answers(directory):
    with closing(Answers.open(directory)) as opened:
        yield opened


def sql(directory, statement, *values):
    with closing(sqlite3.connect(directory / cache.DATABASE)) as connection, connection:
        connection.execute(statement, values)


def warnings_in(caplog):
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


# What is stored comes back


@pytest.mark.parametrize(
    "text", ["", "{}", "تفاهم‌نامه ۱۴۰۴", "\x00 \U0001f91d", "long " * 100_000], ids=lambda t: t[:8]
)
def test_what_was_put_comes_back_even_in_a_new_process_of_the_same_directory(directory, text):
    with closing(Answers.open(directory)) as first:
        first.put("key", text)
    with closing(Answers.open(directory)) as second:
        assert second.get("key") == text


def test_a_key_that_was_never_put_is_a_miss(answers):
    assert answers.get("key") is None


def test_the_last_answer_wins(answers):
    answers.put("key", "first")
    answers.put("key", "second")
    assert answers.get("key") == "second"


def test_no_answer_is_evicted_however_many_there_are(answers):
    assert answers._cache.eviction_policy == "none"
    assert answers._cache.size_limit > 10**12


def test_long_answers_make_no_files_of_their_own(answers, directory):
    answers.put("key", "long " * 100_000)
    assert all(file.name.startswith(cache.DATABASE) for file in directory.iterdir())


def test_threads_share_the_answers(answers):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: answers.put(f"key {n}", str(n)), range(80)))
        assert list(pool.map(lambda n: answers.get(f"key {n}"), range(80))) == [
            str(n) for n in range(80)
        ]
        list(pool.map(lambda _: answers.close(), range(8)))


# Nothing but text is taken from a row


class Evil:
    """If it is unpickled, then a file appears."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return Path.touch, (self.trace,)


@pytest.fixture
def trace(tmp_path):
    return tmp_path / "executed"


@pytest.fixture
def planted(answers, trace):
    """The bytes of a pickle that would be seen if it ran."""
    answers.put("key", "value")
    return pickle.dumps(Evil(trace))


def touch_everything(directory):
    """Do all that the library does with a cache, and all that diskcache itself could."""
    with closing(Answers.open(directory)) as answers:
        got = answers.get("key")
        answers.info()
        raw = answers._cache
        for look in (raw.peekitem, raw.expire, raw.cull, lambda: list(raw), raw.pop, raw.check):
            try:
                look("key") if look == raw.pop else look()
            except ValueError:
                continue
        answers.clear()
    return got


def test_the_planted_pickle_would_be_seen_if_it_ran(planted, trace):
    pickle.loads(planted)
    assert trace.exists()


@pytest.mark.filterwarnings("ignore::UserWarning")  # diskcache's check() tells of odd files
@pytest.mark.parametrize(
    "row",
    [
        pytest.param("mode = 4, value = :pickle", id="pickled value"),
        pytest.param("mode = 4, value = NULL, filename = 'evil.val'", id="pickled file"),
        pytest.param("mode = 1, value = :pickle", id="bytes for a value"),
        pytest.param("key = :pickle, raw = 0", id="pickled key"),
        pytest.param("key = :pickle, raw = 1", id="bytes for a key"),
        pytest.param("mode = 1, value = 17", id="number for a value"),
        pytest.param("mode = NULL, value = NULL", id="nothing at all"),
    ],
)
def test_a_row_that_is_not_text_is_a_miss_and_is_never_unpickled(directory, planted, trace, row):
    (directory / "evil.val").write_bytes(planted)
    with closing(sqlite3.connect(directory / cache.DATABASE)) as connection, connection:
        connection.execute(f"UPDATE Cache SET {row}", {"pickle": planted})
    assert touch_everything(directory) is None
    assert not trace.exists()


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("mode", [1, 2, 3, 4], ids=["raw", "binary", "text", "pickle"])
def test_a_file_that_a_row_names_is_neither_read_nor_deleted(directory, answers, tmp_path, mode):
    victim = tmp_path / "victim"
    victim.write_text("private")
    answers.put("key", "value")
    sql(directory, "UPDATE Cache SET mode = ?, value = NULL, filename = ?", mode, str(victim))
    assert touch_everything(directory) is None
    assert victim.read_text() == "private"


def test_a_foreign_row_can_be_replaced_by_an_answer(directory, answers, planted):
    sql(directory, "UPDATE Cache SET mode = 4, value = ?", planted)
    assert answers.get("key") is None
    answers.put("key", "value")
    assert answers.get("key") == "value"


def test_a_foreign_row_does_not_cost_the_other_answers(directory, answers, planted):
    answers.put("other", "kept")
    sql(directory, "UPDATE Cache SET mode = 4, value = ? WHERE key = 'key'", planted)
    assert answers.get("key") is None
    with closing(Answers.open(directory)) as again:
        assert again.get("other") == "kept"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("_directory", "/nowhere"),
        ("get", "text"),
        ("disk_fetch", "text"),
        ("disk_directory", "/nowhere"),
        ("sqlite_mmap_size", "0; DROP TABLE Cache"),
        (b"bytes", b"bytes"),
    ],
    ids=str,
)
def test_a_planted_setting_gets_the_database_put_aside(directory, answers, key, value):
    answers.put("key", "value")
    answers.close()
    sql(directory, "INSERT OR REPLACE INTO Settings VALUES (?, ?)", key, value)
    with closing(Answers.open(directory)) as again:
        assert again.get("key") is None
        again.put("key", "value")
        assert again.get("key") == "value"
    assert (directory / "cache.db.corrupt-1").exists()


@pytest.mark.parametrize("misuse", [{"value": b"bytes"}, {"key": 7}], ids=str)
def test_nothing_but_text_can_be_stored(answers, misuse):
    with pytest.raises(ValueError, match="not a row of text"):
        answers._cache.set(**{"key": "key", "value": "value", **misuse})


def test_a_stream_can_be_neither_stored_nor_fetched(answers):
    answers.put("key", "value")
    with pytest.raises(ValueError, match="not a row of text"):
        answers._cache.set("key", "value", read=True)
    with pytest.raises(ValueError, match="not a row of text"):
        answers._cache.read("key")


# Whoever may write there decides what is reported


@POSIX
def test_directory_and_files_are_for_their_owner_only(answers, directory):
    answers.put("key", "value")
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in directory.iterdir()} == {0o600}


@POSIX
def test_a_database_that_others_could_read_is_closed_to_them(directory):
    Answers.open(directory).close()
    (directory / cache.DATABASE).chmod(0o644)
    Answers.open(directory).close()
    assert stat.S_IMODE((directory / cache.DATABASE).stat().st_mode) == 0o600


@POSIX
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777], ids=oct)
def test_a_directory_that_others_may_write_to_is_refused_with_advice(directory, mode):
    directory.mkdir()
    directory.chmod(mode)
    with pytest.raises(CacheError, match="chmod 700"):
        Answers.open(directory)


# A broken database costs its answers and nothing else


def garbage(database):
    database.write_bytes(b"this is no database " * 500)


def truncate(database):
    database.write_bytes(database.read_bytes()[:3000])


def other_tables(database):
    database.unlink()
    sql(database.parent, "CREATE TABLE Settings (something, entirely, different)")


@pytest.mark.parametrize("damage", [garbage, truncate, other_tables])
def test_a_broken_database_is_put_aside_once_and_an_empty_one_used(directory, caplog, damage):
    with closing(Answers.open(directory)) as answers:
        answers.put("key", "value")
    damage(directory / cache.DATABASE)
    with closing(Answers.open(directory)) as answers:
        assert answers.get("key") is None
        answers.put("key", "new")
    with closing(Answers.open(directory)) as answers:
        assert answers.get("key") == "new"
    assert (directory / "cache.db.corrupt-1").exists()
    (said,) = warnings_in(caplog)
    assert "cache.db.corrupt-1" in said


def test_a_second_broken_database_does_not_overwrite_the_first(directory):
    for _ in range(2):
        Answers.open(directory).close()
        garbage(directory / cache.DATABASE)
    Answers.open(directory).close()
    assert {file.name for file in directory.glob("*corrupt*")} == {
        "cache.db.corrupt-1",
        "cache.db.corrupt-2",
    }


def test_an_empty_file_is_an_empty_cache(directory, caplog):
    directory.mkdir(mode=0o700)
    (directory / cache.DATABASE).touch()
    with closing(Answers.open(directory)) as answers:
        assert answers.get("key") is None
    assert not warnings_in(caplog)


@pytest.mark.parametrize("companion", ["-wal", "-shm"])
def test_garbage_in_a_file_beside_the_database_costs_no_answer_that_is_in_it(directory, companion):
    with closing(Answers.open(directory)) as answers:
        answers.put("key", "value")
    (directory / f"{cache.DATABASE}{companion}").write_bytes(b"no log at all " * 500)
    with closing(Answers.open(directory)) as answers:
        assert answers.get("key") == "value"
        answers.put("other", "value")
        assert answers.get("other") == "value"


def test_pages_damaged_in_the_middle_are_misses_and_put_aside_the_next_time(directory, caplog):
    with closing(Answers.open(directory)) as answers:
        for n in range(200):
            answers.put(f"key {n}", "x" * 2000)
    database = directory / cache.DATABASE
    whole = database.read_bytes()
    middle = range(len(whole) // 4, 3 * len(whole) // 4)
    database.write_bytes(whole[: middle.start] + b"\xff" * len(middle) + whole[middle.stop :])
    with closing(Answers.open(directory)) as answers:
        found = [answers.get(f"key {n}") for n in range(200)]
    assert None in found
    assert len(warnings_in(caplog)) == 1
    caplog.clear()
    with closing(Answers.open(directory)) as answers:
        answers.put("key", "value")
        assert answers.info().entries == 1
    assert "cache.db.corrupt-1" in warnings_in(caplog)[0]


# A failed write never loses a paid answer


def fill_the_disk(answers):
    pages = answers._cache._sql("PRAGMA page_count").fetchone()[0]
    answers._cache._sql(f"PRAGMA max_page_count = {pages}")


def make_read_only(answers):
    answers._cache._sql("PRAGMA query_only = 1")


@pytest.mark.parametrize("failure", [fill_the_disk, make_read_only])
def test_a_failed_write_is_said_once_and_never_raised(answers, caplog, failure):
    answers.put("before", "kept")
    failure(answers)
    for n in range(20):
        answers.put(f"key {n}", "secret " * 1000)
    assert answers.get("before") == "kept"
    (said,) = warnings_in(caplog)
    assert "could not be kept" in said
    assert "secret" not in said


def test_a_locked_database_is_no_reason_to_raise(directory, caplog, monkeypatch):
    monkeypatch.setattr(cache, "LOCK_TIMEOUT", 0.0)
    with (
        closing(Answers.open(directory)) as answers,
        closing(sqlite3.connect(directory / cache.DATABASE)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        answers.put("key", "value")
        assert answers.get("key") is None
        with pytest.raises(CacheError, match="nothing else"):
            answers.clear()
        other.rollback()
        answers.put("key", "value")
        assert answers.get("key") == "value"
    assert len(warnings_in(caplog)) == 1


def test_text_that_is_no_unicode_is_not_kept_and_not_quoted_in_the_log(answers, caplog):
    answers.put("key", "secret \ud800")
    assert answers.get("key") is None
    assert "secret" not in caplog.text


def test_where_no_directory_can_be_made_the_library_works_without_and_says_so_once(
    tmp_path, caplog
):
    (tmp_path / "file").write_text("in the way")
    answers = Answers.open(tmp_path / "file" / "answers")
    answers.put("key", "value")
    assert answers.get("key") is None
    assert answers.clear() == 0
    assert answers.info() == CacheInfo(tmp_path / "file" / "answers", 0, 0)
    answers.close()
    (said,) = warnings_in(caplog)
    assert "not kept" in said


# Other processes


def start(code, *arguments):
    """Start a process that has the cache's names, and what it needs to write to."""
    names = "import os, pathlib, sys; from ictdiplo.read.cache import Answers, DATABASE\n"
    return subprocess.Popen(
        [sys.executable, "-c", names + code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(code, *arguments):
    """Run such a process to its end; return what it printed and what it said."""
    process = start(code, *arguments)
    printed, said = process.communicate()
    assert process.returncode == 0, said
    return printed, said


WRITE_MANY = """
directory, name = sys.argv[1:]
print("ready", flush=True)
input()
answers = Answers.open(pathlib.Path(directory))
for number in range(300):
    answers.put(f"{name} {number}", "x")
"""


def write_together(directory):
    """Let four processes open the directory at the same moment, and write; return what they said."""
    writers = [start(WRITE_MANY, directory, name) for name in range(4)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    return [writer.communicate()[1] for writer in writers]


def test_four_processes_write_at_once_and_nothing_is_lost(directory):
    assert write_together(directory) == [""] * 4
    with closing(Answers.open(directory)) as answers:
        assert answers.info().entries == 4 * 300


def test_of_four_processes_that_find_a_damaged_database_one_puts_it_aside(directory):
    directory.mkdir(mode=0o700)
    garbage(directory / cache.DATABASE)
    said = write_together(directory)

    assert sum("corrupt-1" in each for each in said) == 1
    assert {file.name for file in directory.glob("*corrupt*")} == {"cache.db.corrupt-1"}
    with closing(Answers.open(directory)) as answers:
        assert answers.info().entries == 4 * 300


@POSIX
def test_who_comes_second_to_a_damaged_database_leaves_the_new_one_alone(directory, monkeypatch):
    directory.mkdir(mode=0o700)
    garbage(directory / cache.DATABASE)
    alone_in, quicker = cache._alone_in, []

    def alone_in_after_another(folder):
        if not quicker:
            quicker.append(True)
            with closing(Answers.open(directory)) as another:
                another.put("paid", "for")
        return alone_in(folder)

    monkeypatch.setattr(cache, "_alone_in", alone_in_after_another)
    with closing(Answers.open(directory)) as answers:
        assert answers.get("paid") == "for"
    assert {file.name for file in directory.glob("*corrupt*")} == {"cache.db.corrupt-1"}


def test_where_directories_cannot_be_locked_a_damaged_database_is_put_aside_as_well(
    directory, monkeypatch
):
    monkeypatch.setattr(cache, "fcntl", None)
    directory.mkdir(mode=0o700)
    garbage(directory / cache.DATABASE)
    with closing(Answers.open(directory)) as answers:
        answers.put("key", "value")
        assert answers.get("key") == "value"


WRITE_FOR_EVER = """
answers = Answers.open(pathlib.Path(sys.argv[1]))
for number in range(10**9):
    answers.put(f"key {number}", f"{number} " * 500)
    print(number, flush=True)
"""


def test_a_process_killed_while_it_writes_loses_nothing_that_it_has_stored(directory):
    stored = 0
    for _round in range(3):
        writer = start(WRITE_FOR_EVER, directory)
        for _ in range(100):
            stored = int(writer.stdout.readline())
        writer.kill()  # SIGKILL
        left, _said = writer.communicate()
        stored = max([stored, *(int(line) for line in left.splitlines(keepends=True)[:-1])])
        with closing(Answers.open(directory)) as answers:
            found = [answers.get(f"key {number}") for number in range(stored + 1)]
        assert found == [f"{number} " * 500 for number in range(stored + 1)]
    assert not list(directory.glob("*corrupt*"))


FILL_THE_DISK = """
import resource
answers = Answers.open(pathlib.Path(sys.argv[1]))
answers.put("before", "kept")
most = max(os.stat(file).st_size for file in pathlib.Path(sys.argv[1]).iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
for number in range(20):
    answers.put(f"key {number}", "secret " * 10_000)
print(answers.get("before"), answers.get("key 0"))
"""


@POSIX
def test_when_the_disk_is_full_the_run_goes_on_and_what_was_stored_is_read(directory):
    printed, said = run(FILL_THE_DISK, directory)

    assert printed == "kept None\n"
    assert said.count("could not be kept") == 1
    assert "secret" not in said
    with closing(Answers.open(directory)) as answers:
        assert answers.get("before") == "kept"


# root may write anywhere; the process becomes somebody else before it looks.
READ_ONLY = """
import diskcache, platformdirs, sqlite3
os.chdir(sys.argv[1])  # of which nobody else may pass the folders above
if os.getuid() == 0:
    for path in (".", DATABASE):
        os.chown(path, 65534, 65534)
    os.setuid(65534)
os.chmod(DATABASE, 0o400)
os.chmod(".", 0o500)
answers = Answers.open(pathlib.Path("."))
answers.put("key", "new")
print(answers.get("key"))
"""


@POSIX
def test_in_a_directory_that_is_read_only_the_run_goes_on_without_answers(directory):
    with closing(Answers.open(directory)) as answers:
        answers.put("key", "old")
    printed, said = run(READ_ONLY, directory)
    directory.chmod(0o700)

    assert printed == "None\n"
    assert said.count("Answers are not kept") == 1


# Looking and clearing


def test_info_counts_entries_and_bytes_on_disk(answers, directory):
    answers.put("a", "x" * 100_000)
    answers.put("b", "y")
    info = answers.info()
    assert (info.directory, info.entries) == (directory, 2)
    assert info.bytes == sum(file.stat().st_size for file in directory.iterdir()) > 100_000


def test_info_of_a_broken_database_says_what_to_do(answers):
    answers._cache._sql("DROP TABLE Cache")
    with pytest.raises(CacheError, match="delete"):
        answers.info()


def test_clear_forgets_everything_and_says_how_much(answers):
    answers.put("a", "x")
    answers.put("b", "y")
    assert answers.clear() == 2
    assert (answers.get("a"), answers.info().entries) == (None, 0)


def test_clear_by_age_keeps_what_is_younger(answers, monkeypatch):
    day, now = 86_400.0, time.time()
    for age in (0, 2, 40):
        monkeypatch.setattr(time, "time", lambda age=age: now - age * day)
        answers.put(f"{age} days", "x")
    monkeypatch.setattr(time, "time", lambda: now)
    assert answers.clear(older_than=30 * day) == 1
    assert answers.get("2 days") == "x"
    assert answers.clear(older_than=0) == 1
    assert answers.get("0 days") == "x"


# Keys


def test_a_key_is_the_hash_of_canonical_json():
    assert cache_key(b="ا", a=[1, None]) == (
        # printf '{"a":[1,null],"b":"ا"}' | sha256sum
        "a970de31794a1dae05735daded0cc5aa4f50d162be3d3053b4ca3ec73c515dae"
    )


@given(st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=5))
def test_the_order_of_a_mapping_does_not_change_its_key(mapping):
    reverse = dict(reversed(mapping.items()))
    assert cache_key(of=mapping) == cache_key(of=reverse)
    assert cache_key(of=mapping) != cache_key(of=[json.dumps(mapping, sort_keys=True)])


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": "1"}, {"a": 1}), ({"a": None}, {}), ({"a": "b"}, {"b": "a"}), ({"a": "e"}, {"a": "é"})],
    ids=["type", "absence", "name", "accent"],
)
def test_whatever_differs_gives_another_key(one, other):
    assert cache_key(**one) != cache_key(**other)


def test_what_has_no_json_form_has_no_key():
    with pytest.raises(TypeError):
        cache_key(path=Path())


def test_broken_characters_have_a_key_too():
    assert cache_key(text="\ud800") != cache_key(text="\ud801")


def test_the_default_directory_is_the_users_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_directory().parts[-2:] == ("ictdiplo", "answers")


def test_the_default_directory_is_used_where_none_is_given(monkeypatch, directory):
    monkeypatch.setattr(cache, "default_directory", lambda: directory)
    with closing(Answers.open()) as answers:
        assert answers.info().directory == directory


# One at a time


def test_equal_calls_at_the_same_moment_do_the_work_once():
    answers, requests, start = {}, [], threading.Barrier(8)

    def ask(thread):
        start.wait()
        with one_at_a_time("key"):
            if "key" not in answers:
                requests.append(thread)
                answers["key"] = "value"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    assert len(requests) == 1


def test_a_second_call_of_the_same_key_waits_and_one_of_another_key_does_not():
    with one_at_a_time("key"), ThreadPoolExecutor(1) as pool:
        assert cache._locks["key"].locked()
        assert pool.submit(lambda: one_at_a_time("other").__enter__()).result(timeout=10) is None
        assert not cache._locks["key"].acquire(blocking=False)


def test_nobody_waits_for_another_longer_than_its_own_time():
    with (
        one_at_a_time("key"),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(DeadlineExceeded),
    ):
        pool.submit(lambda: one_at_a_time("key", 0.01).__enter__()).result(timeout=10)


def test_an_error_lets_the_next_one_in_and_unused_locks_are_freed():
    with pytest.raises(KeyError), one_at_a_time("key"):
        raise KeyError
    with one_at_a_time("key"):
        assert "key" in cache._locks
    assert "key" not in cache._locks


# Cost


def test_importing_the_cache_imports_neither_diskcache_nor_platformdirs():
    code = (
        "import sys, ictdiplo.read.cache;"
        "print(*({'diskcache', 'platformdirs', 'openai', 'instructor'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not loaded.stdout.split()
