"""Time that passes only when a test, or a sleeper in it, says so."""

import threading


class FakeTime:
    """A clock that each sleep moves on at once; `slept` lists how long they were."""

    def __init__(self, now=1000.0):
        self.now = now
        self.slept = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds):
        self.now += seconds


class SharedTime:
    """A clock for many threads: who sleeps is held until the test lets that much time pass."""

    def __init__(self, now=1000.0):
        self.now = now
        self.asleep = 0
        self._change = threading.Condition()

    def clock(self):
        return self.now

    def sleep(self, seconds):
        with self._change:
            wake = self.now + seconds
            self.asleep += 1
            self._change.notify_all()
            assert self._change.wait_for(lambda: self.now >= wake, timeout=30)
            self.asleep -= 1
            self._change.notify_all()

    def wait_until_asleep(self, threads):
        with self._change:
            assert self._change.wait_for(lambda: self.asleep == threads, timeout=30)

    def pass_by(self, seconds):
        with self._change:
            self.now += seconds
            self._change.notify_all()
