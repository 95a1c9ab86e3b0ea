"""A private bus with a logind on it, and a clock that a test sets."""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.clock import Clock

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@pytest.fixture
def clock():
    """Seconds, as a test sets them."""
    return Clock(1_000.0)


@pytest.fixture
def bus():
    """The address of a D-Bus of this test's own, on a unix socket."""
    if sys.platform == "win32" or shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    folder = Path(tempfile.mkdtemp(prefix="fieldquill-bus-"))  # a socket's path must be short
    configuration = folder / "bus.conf"
    configuration.write_text(CONFIGURATION.format(socket=folder / "bus"))
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with daemon, contextlib.ExitStack() as after:
        after.callback(shutil.rmtree, folder)
        after.callback(daemon.kill)
        assert daemon.stdout.readline().startswith(f"unix:path={folder}")
        yield f"unix:path={folder}/bus"


class Logind:
    """What stands for logind on a bus: a process of its own, which does one thing per line and answers with a line."""

    def __init__(self, process):
        self._process = process

    def _ask(self, **what):
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    @property
    def asked(self):
        """What it was asked: names of methods with their arguments."""
        return self._ask(do="state")["asked"]

    @property
    def held_up(self):
        """Whether somebody has one of the files that hold up the sleep."""
        return self._ask(do="state")["held_up"]

    def tell(self, interface, name, *values, path="/org/freedesktop/login1"):
        """Send a signal."""
        assert self._ask(do="tell", path=path, interface=interface, name=name, values=values)

    def prepare(self, what, begins):
        """Say that a "Sleep" or "Shutdown" begins, or is over."""
        self.tell("org.freedesktop.login1.Manager", f"PrepareFor{what}", begins)


@pytest.fixture
def logind(bus):
    """What stands for logind on the bus."""
    command = [sys.executable, str(Path(__file__).with_name("fake_logind.py")), bus]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout.readline() == "ready\n"
        yield Logind(process)
        process.stdin.close()
