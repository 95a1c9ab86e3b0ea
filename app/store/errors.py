"""What can go wrong with a study file, each its own type and sentence; the file is untouched when one is raised."""

from app.errors import FieldquillError


class StoreError(FieldquillError):
    """Something is the matter with a study file."""

    code = "store"


class StudyMissing(StoreError):
    """There is no such file."""

    code = "store.missing"


class StudyExists(StoreError):
    """A new study would overwrite a file."""

    code = "store.exists"


class WrongPassphrase(StoreError):
    """The passphrase does not open the file."""

    code = "store.passphrase"


class WeakPassphrase(StoreError):
    """The passphrase can't be used as one."""

    code = "store.weak-passphrase"


class NotAStudy(StoreError):
    """The file is something else."""

    code = "store.not-a-study"


class NewerVersion(StoreError):
    """A later version of Fieldquill wrote the file."""

    code = "store.newer"


class Truncated(StoreError):
    """A part of the file is missing."""

    code = "store.truncated"


class Damaged(StoreError):
    """The file's content is not what was written."""

    code = "store.damaged"


class Unreadable(StoreError):
    """The file is there, but can't be read just now."""

    code = "store.unreadable"


class ReadOnlyMedium(StoreError):
    """The file or its folder can't be written."""

    code = "store.read-only-medium"


class OpenedReadOnly(StoreError):
    """A change was asked of a study that is open for reading alone."""

    code = "store.opened-read-only"


class NotWritten(StoreError):
    """A change could not be written; nothing of it was kept."""

    code = "store.not-written"


class OlderVersion(StoreError):
    """An earlier version wrote the file, and it may not be brought up to date just now."""

    code = "store.older"
