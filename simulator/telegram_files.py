"""Files that people or the bot uploaded: kept up to a total size, the oldest let go first."""

import mimetypes

from simulator.telegram_messages import File, Json

BYTES_KEPT = 64 * 1024 * 1024


class Files:
    """Looked up by file_id or by the path that getFile gives."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._bytes = 0

    def keep(self, folder: str, name: str, content: bytes) -> File:
        """Store an upload under a new file_id."""
        number = int(next(reversed(self._by_id), "F0")[1:]) + 1
        suffix = "." + name.rpartition(".")[2] if "." in name else ""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = File(f"F{number}", f"{folder}/file_{number}{suffix}", name, kind, content)
        self._by_id[file.file_id] = file
        self._bytes += len(content)
        while self._bytes > BYTES_KEPT and len(self._by_id) > 1:
            oldest = self._by_id.pop(next(iter(self._by_id)))
            self._bytes -= len(oldest.content)
        return file

    def by_id(self, file_id: str) -> File | None:
        """The file with this id, if it is still there."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> File | None:
        """The file at this download path, if it is still there."""
        return next((file for file in self._by_id.values() if file.path == path), None)

    def photo_size(self, file: File) -> Json:
        """The PhotoSize object; every picture here is of one size."""
        return _without_path(file) | {"width": 800, "height": 600}

    def document(self, file: File) -> Json:
        """The Document object."""
        return _without_path(file) | {"file_name": file.name, "mime_type": file.mime_type}


def _without_path(file: File) -> Json:
    shown = file.as_json()
    del shown["file_path"]
    return shown
