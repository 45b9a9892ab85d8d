"""A power cut for SQLite: what was never synced is gone.

SQLite's own way to the disk is wrapped, in every process that writes: whenever it has a file synced, that file is
copied as it is into a shadow folder. A cut is a SIGKILL, after which the files in the home are replaced by their
shadows. The shared memory beside a write-ahead log is never durable, and is dropped. What a disk may also do, keeping
some of what was not synced, is left out: it is less than dropping all of it. PostgreSQL is left to its own log.

A file is copied through SQLite's own handle: whoever opens and closes it a second time in one process lets go of all
its locks there, and so ruins the database (sqlite.org, "How To Corrupt An SQLite Database File", 2.2).
"""

import _sqlite3
import ctypes
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_MAIN_DB, _WAL = 0x100, 0x80000
_IOERR_FSYNC = 1034
_NAME = b"shadowed"
_Pointer = ctypes.c_void_p
#: The name as a plain pointer: SQLite keeps it, and Python's copy of the text would be gone by then.
_Open = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, _Pointer, _Pointer, ctypes.c_int, _Pointer)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int)
_Read = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, _Pointer, ctypes.c_int, ctypes.c_int64)
_Size = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.POINTER(ctypes.c_int64))


class _Vfs(ctypes.Structure):
    """sqlite3_vfs; only what comes before xOpen is read here, and the rest is copied."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", _Pointer),
        ("name", ctypes.c_char_p),
        ("app_data", _Pointer),
        ("open", _Pointer),
        ("rest", _Pointer * 15),
    )


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, of which three are used here."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("close", _Pointer),
        ("read", _Pointer),
        ("write", _Pointer),
        ("truncate", _Pointer),
        ("sync", _Pointer),
        ("size", _Pointer),
        ("rest", _Pointer * 12),
    )


class _File(ctypes.Structure):
    """sqlite3_file."""

    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


def _library() -> ctypes.CDLL:
    """The very SQLite that Python's module uses; RuntimeError where it cannot be reached."""
    try:
        library = ctypes.CDLL(_sqlite3.__file__)  # whatever it is linked to is found through it
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        library.sqlite3_vfs_register.argtypes = (ctypes.POINTER(_Vfs), ctypes.c_int)
        library.sqlite3_vfs_unregister.argtypes = (ctypes.POINTER(_Vfs),)
        library.sqlite3_initialize()
    except AttributeError:
        raise RuntimeError(
            "this Python has its SQLite built in, out of reach, so no power cut can be imitated; "
            "use one that is linked to libsqlite3, as Debian's and pyenv's are"
        ) from None
    return library


class Shadows:
    """The files of a home as they would be after a power cut."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._library = _library()
        self._paths: dict[int, Path] = {}
        self._tables: dict[int, _Methods] = {}
        self._kept_alive: list[object] = []
        self._real = self._library.sqlite3_vfs_find(None)
        self._ours = _Vfs.from_buffer_copy(self._real.contents)
        self._ours.name = _NAME
        self._open_really = ctypes.cast(self._ours.open, _Open)
        self._open = _Open(self._opened)
        self._ours.open = ctypes.cast(self._open, _Pointer)

    def begin(self) -> None:
        """From now on, shadow every database that this process opens."""
        self.folder.mkdir(exist_ok=True)
        self._library.sqlite3_vfs_register(ctypes.byref(self._ours), 1)

    def end(self) -> None:
        """Shadow nothing that is opened from now on; whoever has one open must close it first."""
        self._library.sqlite3_vfs_register(self._real, 1)
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._ours))

    def _opened(self, _vfs: int, name: int | None, file: int, flags: int, flags_out: int) -> int:
        said = self._open_really(ctypes.addressof(self._real.contents), name, file, flags, flags_out)
        if said == sqlite3.SQLITE_OK and name and flags & (_MAIN_DB | _WAL):
            opened = _File.from_address(file)
            real = ctypes.addressof(opened.methods.contents)
            if real not in self._tables:
                self._tables[real] = self._shadowing(opened.methods.contents)
            self._paths[file] = Path(ctypes.string_at(name).decode())
            opened.methods = ctypes.pointer(self._tables[real])
        return said

    def _shadowing(self, real: _Methods) -> _Methods:
        sync_really = ctypes.cast(real.sync, _Sync)
        read, size = ctypes.cast(real.read, _Read), ctypes.cast(real.size, _Size)

        def sync(file: int, flags: int) -> int:
            try:
                said = sync_really(file, flags)
                if said == sqlite3.SQLITE_OK:
                    with self._alone():  # or of two processes the one that read first might write last
                        self._keep(self._paths[file].name, _content(file, read, size))
            except BaseException:  # noqa: BLE001  # an error that leaves a callback would count as success
                return _IOERR_FSYNC
            return int(said)

        ours = _Methods.from_buffer_copy(real)
        callback: Callable[..., int] = _Sync(sync)
        self._kept_alive.append(callback)
        ours.sync = ctypes.cast(callback, _Pointer)
        return ours

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _keep(self, name: str, content: bytes) -> None:
        """At once or not at all: whoever is killed here had promised nothing to anybody yet."""
        beside = self.folder / f"{name}.{os.getpid()}"
        beside.write_bytes(content)
        beside.replace(self.folder / name)


def _content(file: int, read: Callable[..., int], size: Callable[..., int]) -> bytes:
    length = ctypes.c_int64()
    if size(file, ctypes.byref(length)) != sqlite3.SQLITE_OK:
        raise OSError("SQLite does not tell the size of its file")
    buffer = ctypes.create_string_buffer(max(1, length.value))
    if length.value and read(file, buffer, length.value, 0) != sqlite3.SQLITE_OK:
        raise OSError("SQLite cannot read its file back")
    return buffer.raw[: length.value]


@contextmanager
def shadowed(folder: Path) -> Iterator[None]:
    """Shadow every database that this process opens, and closes again, inside."""
    shadows = Shadows(folder)
    shadows.begin()
    try:
        yield
    finally:
        shadows.end()


def keep_all(database: Path, folder: Path) -> None:
    """Begin with everything durable; nobody may have the database open."""
    folder.mkdir(exist_ok=True)
    for path in _files(database):
        (folder / path.name).unlink(missing_ok=True)
        if path.exists():
            shutil.copyfile(path, folder / path.name)


def snapshot(database: Path, folder: Path) -> dict[str, bytes]:
    """What would be on the disk if the power failed now."""
    return {path.name: path.read_bytes() for path in (folder / one.name for one in _files(database)) if path.exists()}


def cut(database: Path, durable: dict[str, bytes]) -> None:
    """Put the files as they were durable; nobody may have the database open."""
    for path in _files(database):
        path.unlink(missing_ok=True)
        if path.name in durable:
            path.write_bytes(durable[path.name])
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)


def _files(database: Path) -> tuple[Path, Path]:
    return database, database.with_name(f"{database.name}-wal")
