"""A file on its way in that finds no room: the words beside it are read, the file says so when it is read."""

import errno
import io
import resource

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from forum.attachments.receive import Refused, receive
from forum.core.storage import LocalStorage
from forum.core.uploads import IN_MEMORY_BYTES, Spool, WholeRequest


@pytest.fixture
def no_room():
    """No file of this process may grow beyond what is kept in memory, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (IN_MEMORY_BYTES, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_that_fits_is_whole():
    spool = Spool()
    for _ in range(3):
        spool.write(b"a" * IN_MEMORY_BYTES)
    spool.seek(0)
    assert len(spool.read()) == 3 * IN_MEMORY_BYTES


def test_one_that_does_not_fit_says_so_when_it_is_read(no_room, tmp_path):
    spool = Spool()
    for _ in range(3):
        assert spool.write(b"a" * IN_MEMORY_BYTES) == IN_MEMORY_BYTES
    assert spool.seek(0) == 0
    with pytest.raises(OSError) as told:
        spool.read()
    assert told.value.errno == errno.ENOSPC
    with pytest.raises(Refused) as refused:
        receive(spool, "a.jpg", LocalStorage(tmp_path))
    assert refused.value.code == "storage_full"


def test_the_fields_around_it_are_read(no_room):
    big = FileStorage(io.BytesIO(b"a" * 4 * IN_MEMORY_BYTES), filename="a.jpg")
    fields = [("title", "Judul"), ("files", big), ("text", "Kata yang tidak boleh hilang.")]
    boundary, body = encode_multipart(MultiDict(fields))
    kind = f"multipart/form-data; boundary={boundary}"
    request = WholeRequest.from_values(method="POST", input_stream=io.BytesIO(body), content_length=len(body), content_type=kind)
    assert request.form.to_dict() == {"title": "Judul", "text": "Kata yang tidak boleh hilang."}
    assert list(request.files) == ["files"]
