"""Stands for logind on a bus: hands out files that hold up the sleep, and sends signals. `fake_logind.py ADDRESS`.

Reads a line of JSON, does it, answers with a line; ends with its input. A process of its own, as the real one is:
QtDBus calls objects made in Python from a thread of its own, and two sides in one process could wait for each other.
"""

import json
import os
import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject


class Logind(QDBusVirtualObject):
    def __init__(self, address):
        super().__init__()
        self.asked = []
        self.given = []
        self.bus = QDBusConnection.connectToBus(address, "logind")
        assert self.bus.registerVirtualObject("/org/freedesktop/login1", self)
        assert self.bus.registerService("org.freedesktop.login1")

    def introspect(self, path):
        return ""

    def handleMessage(self, message, connection):  # noqa: N802
        self.asked.append([message.member(), message.arguments()])
        ours, theirs = os.pipe()
        os.set_blocking(ours, False)
        reply = message.createReply()
        reply.setArguments([QDBusUnixFileDescriptor(theirs)])
        os.close(theirs)
        self.given.append(ours)
        return connection.send(reply)

    def obey(self, what):
        if what["do"] == "state":
            return {"asked": self.asked, "held_up": any(is_held(file) for file in self.given)}
        message = QDBusMessage.createSignal(what["path"], what["interface"], what["name"])
        message.setArguments(what["values"])
        return self.bus.send(message)


def is_held(file):
    """Whether somebody has the other end of a pipe."""
    try:
        return os.read(file, 1) != b""
    except BlockingIOError:
        return True


def main():
    application = QCoreApplication([])
    logind = Logind(sys.argv[1])
    lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def read():
        line = sys.stdin.readline()
        if not line:
            application.quit()
            return
        sys.stdout.write(json.dumps(logind.obey(json.loads(line))) + "\n")
        sys.stdout.flush()

    lines.activated.connect(read)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main()
