"""Sealing of personal data: AES-GCM with the key's id in front, and a keyed HMAC where it is looked up.

Keys are derived per office from one file made at `kabar init`, mode 0600. A stolen database tells nobody a NIK;
a stolen database *and* key file tells everything, so the two are backed up apart.
"""

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import SetupError

WRONG_KEY = "the key file does not fit this data; put back the key file this office began with"

_KEY_BYTES = 32
_NONCE_BYTES = 12
_INDEX_BYTES = 16
_FIRST_KEY_ID = 1


class Seal:
    """Seals, opens and indexes the texts of one office."""

    def __init__(self, master: bytes, regency: str) -> None:
        self._use(derive_key(master, f"kabar {regency} seal"), derive_key(master, f"kabar {regency} index"))

    def _use(self, seal_key: bytes, index_key: bytes) -> None:
        self._encrypt, self._decrypt = AESGCM(seal_key).encrypt, AESGCM(seal_key).decrypt
        self._keyed = HMAC(index_key, SHA256())
        self._key_id = bytes([_FIRST_KEY_ID])
        self.keys = seal_key, index_key

    @classmethod
    def of_keys(cls, keys: tuple[bytes, bytes]) -> "Seal":
        """The seal of another process of ours, by its `keys`, which only ever go through a pipe."""
        seal = cls.__new__(cls)
        seal._use(*keys)
        return seal

    def seal(self, text: str) -> bytes:
        """Return key id (1 byte), nonce (12 bytes) and ciphertext with its tag (length of UTF-8 text + 16)."""
        return self.seal_bytes(text.encode())

    def seal_bytes(self, content: bytes) -> bytes:
        """The same of what is no text."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._key_id + nonce + self._encrypt(nonce, content, self._key_id)

    def open(self, sealed: bytes) -> str:
        """Return the text; raise SetupError when it was sealed with another key or was changed."""
        return self.open_bytes(sealed).decode()

    def open_bytes(self, sealed: bytes) -> bytes:
        """The same of what is no text."""
        key_id, nonce, ciphertext = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._decrypt(nonce, ciphertext, key_id)
        except (InvalidTag, ValueError):  # changed, sealed with another key, or too short to have been sealed at all
            raise SetupError(WRONG_KEY) from None

    def index(self, kind: str, text: str) -> bytes:
        """Return 16 bytes that are the same for the same kind and text, and tell nothing without the key."""
        keyed = self._keyed.copy()  # the key's own blocks are hashed already: half the time of doing it anew
        keyed.update(f"{kind}:{text}".encode())
        return keyed.finalize()[:_INDEX_BYTES]


def derive_key(master: bytes, purpose: str) -> bytes:
    """Return 32 bytes for one purpose; from one of them nobody learns another, or the master key."""
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=purpose.encode()).derive(master)


def make_key_file(path: Path) -> None:
    """Write a new random key, readable by its owner only; an existing file is never overwritten."""
    text = f"kabar-key {_FIRST_KEY_ID} {base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}\n"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path) -> bytes:
    """Return the master key (32 bytes); raise SetupError when the file is missing, damaged or open to others."""
    try:
        content = path.read_bytes()
        mode = path.stat().st_mode & 0o077
    except FileNotFoundError:
        raise SetupError(
            f"the key file {path} is missing, and without it nothing in the database can be read; "
            "put it back from where you keep it apart from the backups"
        ) from None
    except OSError as error:
        raise SetupError(f"the key file {path} cannot be read ({error.strerror}); check its owner and mode") from None
    if mode:
        raise SetupError(f"the key file {path} is open to others; run: chmod 600 {path}")
    master = _master_in(content)
    if master is None:
        raise SetupError(f"the key file {path} is damaged; put back the copy you keep apart")
    return master


def read_key_copy(path: Path) -> bytes:
    """Return what a copy of a key file holds; raise SetupError when it is none. On a stick others may read it."""
    if not path.is_file():
        raise SetupError(f"there is no key file {path}; give the office.key that was kept apart from the backups")
    content = path.read_bytes()
    if _master_in(content) is None:
        raise SetupError(f"{path} is no key file, or a damaged one; give another copy of the office.key")
    return content


def _master_in(content: bytes) -> bytes | None:
    try:
        header, key_id, encoded = content.decode(errors="replace").split()
        master = base64.b64decode(encoded, validate=True)
        if (header, key_id, len(master)) != ("kabar-key", str(_FIRST_KEY_ID), _KEY_BYTES):
            raise ValueError
    except ValueError:
        return None
    return master
