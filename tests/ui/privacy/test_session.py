"""What the system tells, over a real bus and by made-up messages of Windows."""

import ctypes
import re
import subprocess
import sys
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.paths import ROOT
from ui.privacy.session import SystemWatch, make_system_watch, session_bus, system_bus

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")


def send_from_elsewhere(bus, path, signal):
    subprocess.run(["dbus-send", f"--bus={bus}", "--type=signal", path, signal, "boolean:true"], check=True)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def watch(bus, logind, heard, qtbot):
    """A watch on one bus that is both the system's and the session's, and asked logind to wait."""
    from ui.privacy.linux import BusWatch

    made = BusWatch(bus, bus)
    made.sleeping.connect(lambda: heard.append("sleeping"))
    made.screen_locked.connect(lambda: heard.append("locked"))
    made.begin()
    qtbot.waitUntil(lambda: made._holding >= 0)
    yield made
    made.end()


# Linux


def test_logind_is_asked_to_wait(watch, logind):
    assert logind.asked == [["Inhibit", ["sleep:shutdown", "Fieldquill", "Writes notes and hides them", "delay"]]]
    assert logind.held_up


@pytest.mark.parametrize("what", ["Sleep", "Shutdown"])
def test_the_sleep_is_told_first_and_let_then(watch, logind, heard, qtbot, what):
    watch.sleeping.connect(lambda: heard.append(logind.held_up))
    logind.prepare(what, True)
    qtbot.waitUntil(lambda: not logind.held_up)
    assert heard == ["sleeping", True]


def test_after_waking_logind_is_asked_again(watch, logind, heard, qtbot):
    logind.prepare("Sleep", True)
    qtbot.waitUntil(lambda: not logind.held_up)
    logind.prepare("Sleep", False)
    qtbot.waitUntil(lambda: logind.held_up and watch._holding >= 0)
    assert heard == ["sleeping"]
    assert len(logind.asked) == 2


def test_locking_the_session_is_told(watch, logind, heard, qtbot):
    logind.tell("org.freedesktop.login1.Session", "Lock", path="/org/freedesktop/login1/session/_31")
    qtbot.waitUntil(lambda: heard == ["locked"])


@pytest.mark.parametrize("desktop", ["freedesktop", "gnome", "kde", "cinnamon", "mate", "xfce"])
def test_a_screen_saver_is_told_when_it_begins(watch, logind, heard, qtbot, desktop):
    saver = f"org.{desktop}.ScreenSaver"
    logind.tell(saver, "ActiveChanged", False, path="/ScreenSaver")
    logind.tell(saver, "ActiveChanged", True, path="/ScreenSaver")
    qtbot.waitUntil(lambda: heard != [])
    assert heard == ["locked"]


def test_another_program_s_signal_is_told_too(bus, watch, heard, qtbot):
    send_from_elsewhere(bus, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged")
    qtbot.waitUntil(lambda: heard == ["locked"])


def test_who_is_not_logind_does_not_speak_for_it(bus, watch, logind, heard, qtbot):
    send_from_elsewhere(bus, "/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep")
    logind.tell("org.gnome.ScreenSaver", "ActiveChanged", True)
    qtbot.waitUntil(lambda: heard == ["locked"])


def test_in_the_end_nothing_is_held_up_and_nothing_heard(bus, watch, logind, heard, qtbot):
    from ui.privacy.linux import BusWatch

    watch.end()
    qtbot.waitUntil(lambda: not logind.held_up)
    watch.begin()
    qtbot.waitUntil(lambda: logind.held_up and watch._holding >= 0)
    watch.end()
    qtbot.waitUntil(lambda: not logind.held_up)
    logind.prepare("Sleep", True)
    logind.tell("org.gnome.ScreenSaver", "ActiveChanged", True)
    other = []
    again = BusWatch(bus, bus)
    again.screen_locked.connect(lambda: other.append("locked"))
    again.begin()
    logind.tell("org.gnome.ScreenSaver", "ActiveChanged", True)
    qtbot.waitUntil(lambda: other == ["locked"])
    again.end()
    assert heard == []


def test_begun_and_ended_over_and_over_it_never_hangs(bus, logind, qtbot):
    """Python's lock and Qt's thread for D-Bus must not wait for each other; closing connections made them."""
    from ui.privacy.linux import BusWatch

    for _each in range(100):
        watch = BusWatch(bus, bus)
        watch.begin()
        watch.end()
    qtbot.waitUntil(lambda: not logind.held_up)


def test_a_bus_without_logind_does_no_harm(bus, heard, qtbot):
    from ui.privacy.linux import BusWatch

    watch = BusWatch(bus, bus)
    watch.screen_locked.connect(lambda: heard.append("locked"))
    watch.begin()
    send_from_elsewhere(bus, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged")
    qtbot.waitUntil(lambda: heard == ["locked"])
    watch.end()


def test_a_bus_that_does_not_answer_does_no_harm(bus, tmp_path):
    from ui.privacy.linux import BusWatch

    watch = BusWatch(f"unix:path={tmp_path}/gone", "")
    watch.begin()
    watch.end()


@LINUX
def test_the_sockets_are_unix_sockets(watch):
    files = [file.readlink() for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
    sockets = {number for name in files for number in re.findall(r"socket:\[(\d+)\]", str(name))}
    unix = {line.split()[6] for line in Path("/proc/net/unix").read_text().splitlines()[1:]}
    assert sockets
    assert sockets <= unix


@LINUX
def test_d_bus_brings_no_network_library(bus):
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from ui.privacy.linux import BusWatch\n"
        "application = QCoreApplication([]); watch = BusWatch(sys.argv[1], sys.argv[1]); watch.begin()\n"
        "assert len(watch._heard) == 9; print(Path('/proc/self/maps').read_text()); watch.end()"
    )
    done = subprocess.run([sys.executable, "-c", code, bus], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "libQt6DBus" in done.stdout
    assert re.findall(r"libQt6Network|libssl", done.stdout) == []


# Which bus


def test_only_a_unix_socket_is_a_bus_for_us(tmp_path, bus):
    socket = bus.removeprefix("unix:path=")
    assert system_bus({"DBUS_SYSTEM_BUS_ADDRESS": bus}) == bus
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": f"tcp:host=localhost,port=4;{bus},guid=1"}) == f"{bus},guid=1"
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:abstract=/tmp/dbus-x"}) == "unix:abstract=/tmp/dbus-x"
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=example.org,port=4"}) == ""
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": "unixexec:path=/bin/sh"}) == ""
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"}) == ""
    assert session_bus({}) == ""
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").symlink_to(socket)
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"


def test_without_a_bus_the_watch_is_silent(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    watch = make_system_watch(window)
    watch.begin()
    watch.end()
    assert sys.platform == "win32" or type(watch) is SystemWatch


# In the window


@pytest.fixture
def watched_window(bus, logind, monkeypatch, request, qtbot):
    """The window on a machine with a bus, once logind was asked to wait."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    window = request.getfixturevalue("window")
    qtbot.waitUntil(lambda: logind.held_up)
    return window


def type_a_title(qtbot, window, text):
    title = window.workspace.page.facet("study").names.editor("title")
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, text)


@LINUX
def test_before_a_sleep_the_window_writes_and_locks(qtbot, watched_window, logind):
    type_a_title(qtbot, watched_window, "Typed before the sleep")
    logind.prepare("Sleep", True)
    qtbot.waitUntil(lambda: not logind.held_up)
    assert watched_window.locked
    assert watched_window.workspace.desk.document.study.title == "Typed before the sleep"


@LINUX
def test_with_the_screen_the_window_locks(qtbot, watched_window, logind):
    type_a_title(qtbot, watched_window, "Typed before the screen saver")
    logind.tell("org.gnome.ScreenSaver", "ActiveChanged", True)
    qtbot.waitUntil(lambda: watched_window.locked)
    assert watched_window.workspace.desk.document.study.title == "Typed before the screen saver"


@LINUX
def test_a_closed_study_holds_up_no_sleep(qtbot, watched_window, logind):
    qtbot.keyClick(watched_window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not logind.held_up)


# Windows


class Library:
    """What stands for wtsapi32."""

    def __init__(self):
        self.calls = []

    def WTSRegisterSessionNotification(self, window, flags):  # noqa: N802
        self.calls.append(("register", window.value, flags.value))
        return 1

    def WTSUnRegisterSessionNotification(self, window):  # noqa: N802
        self.calls.append(("unregister", window.value))
        return 1


@pytest.fixture
def windows_watch(qtbot, heard):
    from ui.privacy.windows import WindowsWatch

    window = QWidget()
    qtbot.addWidget(window)
    watch = WindowsWatch(window, Library())
    watch.sleeping.connect(lambda: heard.append("sleeping"))
    watch.screen_locked.connect(lambda: heard.append("locked"))
    watch.begin()
    yield watch
    watch.end()


def test_windows_is_asked_for_messages_and_in_the_end_not(windows_watch):
    window = int(windows_watch._window.winId())
    windows_watch.end()
    assert windows_watch._wtsapi.calls == [("register", window, 0), ("unregister", window)]


@pytest.mark.parametrize(
    ("message", "detail", "means"),
    [
        (0x0218, 0x4, ["sleeping"]),  # WM_POWERBROADCAST, PBT_APMSUSPEND
        (0x0218, 0x12, []),  # PBT_APMRESUMEAUTOMATIC
        (0x02B1, 0x7, ["locked"]),  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
        (0x02B1, 0x8, []),  # WTS_SESSION_UNLOCK
        (0x0100, 0x7, []),  # WM_KEYDOWN
    ],
)
def test_messages_of_windows_are_read_and_left_to_others(windows_watch, heard, message, detail, means):
    sent = wintypes.MSG(message=message, wParam=detail)
    taken, _answer = windows_watch._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent))
    assert heard == means
    assert not taken


@pytest.mark.skipif(sys.platform == "win32", reason="there the library is there")
def test_without_the_library_windows_tells_of_sleep_alone(qtbot):
    from ui.privacy.windows import WindowsWatch

    window = QWidget()
    qtbot.addWidget(window)
    watch = WindowsWatch(window)
    watch.begin()
    watch.end()
    assert not watch._registered
    assert QApplication.instance() is not None
