"""Files sealed for the office: age (age-encryption.org/v1), opened by whoever has the office's key file.

The key is derived from the office's own, with a purpose of its own, as an Ed25519 key in OpenSSH's form: that is what
`cryptography` writes and both `pyrage` and the plain `age` program read, so no coding of keys is ours.
Everything streams; memory does not grow with the file.
"""

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.errors import InputError, SetupError
from core.store.sealing import derive_key

#: Called with how many bytes were read so far; may raise to stop.
Progress = Callable[[int], None]

_PURPOSE = "kabar backup"
_GZIP = 16 + zlib.MAX_WBITS
_GZIP_BEGINS = b"\x1f\x8b"
#: Most of an office is sealed already and does not get smaller, however long one tries.
_QUICKLY = 1
_CHUNK = 1 << 18
_AGE_BEGINS = b"age-encryption.org/"

_DAMAGED = "this backup is damaged or not whole; nothing was changed: take another one"
_WRONG_KEY = "the key file does not fit this backup; take the office.key of the office that it was made of"


def seal_file(source: BinaryIO, target: BinaryIO, master: bytes, *, compress: bool, progress: Progress) -> None:
    """Write what `source` holds to `target`, sealed. master: the office's key, as in its key file."""
    read = _Noting(_Compressed(_Counted(source, progress)) if compress else _Counted(source, progress))
    write = _Noting(target)
    recipient = pyrage.ssh.Recipient.from_str(
        _key(master).public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    )
    try:
        pyrage.encrypt_io(read, write, [recipient])
    finally:
        _raise_noted(read, write)


def begins_sealed(path: Path) -> bool:
    """Whether a file begins as a sealed one does; one that ends before may have been one."""
    with path.open("rb") as file:
        return _AGE_BEGINS.startswith(file.read(len(_AGE_BEGINS)))


def open_sealed(source: BinaryIO, target: BinaryIO, master: bytes, *, progress: Progress) -> None:
    """Write what a sealed file holds to `target`, expanded.

    Raises SetupError when the key does not fit, InputError when the file was changed or is not whole.
    """
    read, expanded = _Noting(_Counted(source, progress)), _Expanded(target)
    write = _Noting(expanded)
    identity = pyrage.ssh.Identity.from_buffer(
        _key(master).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    )
    try:
        pyrage.decrypt_io(read, write, [identity])
        whole = expanded.is_whole
    except pyrage.DecryptError as error:
        _raise_noted(read, write)
        if "matching" in str(error):
            raise SetupError(_WRONG_KEY) from None
        whole = False
    except OSError:
        whole = False
    _raise_noted(read, write)
    if not whole:
        raise InputError(_DAMAGED)


def _key(master: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive_key(master, _PURPOSE))


class _Noting:
    """Stands between age and a file and keeps the first error: age drops one that its last write meets."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        return self._note(self._file.read, size)  # type: ignore[no-any-return]  # what a file reads is bytes

    def write(self, data: bytes) -> int:
        self._note(self._file.write, data)
        return len(data)

    def flush(self) -> None:
        self._note(self._file.flush)

    def _note(self, act: Callable[..., Any], *arguments: object) -> Any:
        try:
            return act(*arguments)
        except BaseException as error:
            self.error = self.error or error
            raise


def _raise_noted(*files: _Noting) -> None:
    for file in files:
        if isinstance(file.error, zlib.error):
            raise InputError(_DAMAGED) from None
        if file.error is not None:
            raise file.error


class _Counted:
    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress
        self._count = 0

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._count += len(data)
        self._progress(self._count)
        return data


class _Compressed:
    """What a file holds, as gzip."""

    def __init__(self, file: _Counted) -> None:
        self._file = file
        self._gzip = zlib.compressobj(_QUICKLY, wbits=_GZIP)
        self._ready = BytesIO()
        self._ended = False

    def read(self, size: int) -> bytes:
        data = self._ready.read(size)
        while not data and not self._ended:
            chunk = self._file.read(_CHUNK)
            self._ended = not chunk
            self._ready = BytesIO(self._gzip.compress(chunk) if chunk else self._gzip.flush())
            data = self._ready.read(size)
        return data


class _Expanded:
    """Writes gzip expanded, and anything else as it comes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._gzip: Any = None
        self._begun = False

    @property
    def is_whole(self) -> bool:
        return self._begun and (self._gzip is None or self._gzip.eof)

    def write(self, data: bytes) -> None:
        if not self._begun and data.startswith(_GZIP_BEGINS):
            self._gzip = zlib.decompressobj(wbits=_GZIP)
        self._begun = True
        if self._gzip is None:
            self._file.write(data)
            return
        self._file.write(self._gzip.decompress(data))

    def flush(self) -> None:
        self._file.flush()
