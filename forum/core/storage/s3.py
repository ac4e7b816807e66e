"""Files in a private bucket that speaks S3; boto3 is loaded with the first request."""

import base64
import hashlib
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from forum.config.places import Bucket
from forum.core.storage.port import KEY, NO_SPACE, Damaged, StorageAway, StorageFull, Stored, place_of

CONNECT_SECONDS = 2
READ_SECONDS = 10
TRIES = 2
CONNECTIONS = 32
LONGEST_URL_SECONDS = 60
LARGEST_BYTES = 256 * 1024**2  # more than any file of the site
IN_MEMORY_BYTES = 1024**2
CHUNK_BYTES = 256 * 1024
MOST_AT_ONCE = 500  # keys of one request to remove
MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
FULL = frozenset({"QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "507"})
REFUSED = frozenset({"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "401"})
ELSEWHERE = frozenset(
    {"301", "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)

log = logging.getLogger(__name__)


class S3Storage:
    """Objects under `prefix/ab/cd/<sha256>`: the names that a folder has, so that either can be copied to the other."""

    def __init__(self, bucket: Bucket, scratch: Path) -> None:
        self.bucket = bucket
        self._scratch = scratch
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)

    def __str__(self) -> str:
        return str(self.bucket)

    @cached_property
    def client(self) -> Any:
        """The one client of this process, for all its threads; made after the servers forked."""
        import boto3
        from botocore.config import Config

        config = Config(
            signature_version="s3v4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            max_pool_connections=CONNECTIONS,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",  # else range reads fail on some servers
            s3={"addressing_style": "path"},
        )
        with self._words():
            session = boto3.session.Session(profile_name=self.bucket.profile or None)
            return session.client("s3", endpoint_url=self.bucket.origin, region_name=self.bucket.region, config=config)

    def put(self, data: bytes) -> str:
        """Store the bytes, whole or not at all, and return their key; a second time renews the object's age. Raises StorageFull."""
        digest = hashlib.sha256(data)
        key = digest.hexdigest()
        with self._words():
            self.client.put_object(
                **self._object(key),
                Body=data,
                ContentType="application/octet-stream",
                ContentMD5=_base64(hashlib.md5(data, usedforsecurity=False).digest()),  # every server looks at this one
                ChecksumSHA256=_base64(digest.digest()),
            )
            stored = self.client.head_object(**self._object(key))["ContentLength"]
        if stored != len(data):
            raise StorageAway(f"{self.bucket.origin} took {len(data)} bytes and shows {stored} under {key}")
        return key

    def open(self, key: str, start: int = 0, stop: int | None = None) -> BinaryIO:
        """Fetch the object, or only this part, before a byte is handed out; a whole one must have the SHA-256 it is named by.

        Raises FileNotFoundError, of which Damaged is one.
        """
        if stop is not None and stop <= start:
            return cast("BinaryIO", self._room())
        whole = not start and stop is None
        asked = {} if whole else {"Range": f"bytes={start}-{'' if stop is None else stop - 1}"}
        with self._words(key):
            found = self.client.get_object(**self._object(key), **asked)
            if found["ContentLength"] > LARGEST_BYTES:
                found["Body"].close()
                raise self._damaged(key)
            file, digest = self._room(), hashlib.sha256()
            for chunk in found["Body"].iter_chunks(CHUNK_BYTES):
                file.write(chunk)
                digest.update(chunk)
        if whole and digest.hexdigest() != key:
            file.close()
            raise self._damaged(key)
        file.seek(0)
        return cast("BinaryIO", file)

    def size(self, key: str) -> int:
        """Return the bytes stored under the key; raises FileNotFoundError."""
        with self._words(key):
            return int(self.client.head_object(**self._object(key))["ContentLength"])

    def exists(self, key: str) -> bool:
        """Say whether the key is stored."""
        try:
            self.size(key)
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove the object if it is there; only once no row names the key, since equal files share one."""
        with self._words():
            self.client.delete_object(**self._object(key))

    def delete_old(self, keys: Collection[str], before: datetime) -> list[str]:
        """Remove those of these objects that were not put again since `before`; returns which."""
        old = [key for key in keys if self._is_old(key, before)]
        for first in range(0, len(old), MOST_AT_ONCE):
            names = [{"Key": self._name(key)} for key in old[first : first + MOST_AT_ONCE]]
            with self._words():
                told = self.client.delete_objects(Bucket=self.bucket.name, Delete={"Objects": names, "Quiet": True})
            if told.get("Errors"):
                raise StorageAway(f"{self.bucket.origin} did not remove everything: {told['Errors'][0].get('Code')}")
        return old

    def listed(self, after: str = "") -> Iterator[Stored]:
        """List the objects in the order of their keys, a thousand at a time."""
        asked = {"Bucket": self.bucket.name, "Prefix": self.bucket.prefix}
        if after:
            asked["StartAfter"] = self._name(after)
        last = after
        while True:
            with self._words():
                page = self.client.list_objects_v2(**asked)
            for one in page.get("Contents", ()):
                key = one["Key"].rpartition("/")[2]
                if not KEY.fullmatch(key) or one["Key"] != self._name(key):
                    continue  # not ours
                if key == last:
                    continue
                if key < last:
                    raise StorageAway(f"{self.bucket.origin} lists objects out of order")
                last = key
                yield Stored(key, one["Size"], one["LastModified"])
            if not page.get("IsTruncated"):
                return
            asked.pop("StartAfter", None)
            asked["ContinuationToken"] = page["NextContinuationToken"]

    def url(self, key: str, *, disposition: str, mime: str, seconds: int) -> str | None:
        """Return a signed address that holds for so long, LONGEST_URL_SECONDS at most, and the headers it will answer with."""
        with self._words():
            asked = {
                **self._object(key),
                "ResponseContentType": mime,
                "ResponseContentDisposition": disposition,
                "ResponseCacheControl": "no-store",
            }
            return str(
                self.client.generate_presigned_url("get_object", asked, min(seconds, LONGEST_URL_SECONDS), "GET")
            )

    def scratch(self) -> Path:
        """Return the private folder for work in progress; the sweep clears what a crash leaves in it."""
        return self._scratch

    def answer(self) -> None:
        """Return when the bucket is there for us; raises StorageAway with what is wrong, in words."""
        from botocore.exceptions import ClientError

        try:
            with self._words():
                self.client.head_bucket(Bucket=self.bucket.name)
        except StorageAway as problem:
            cause = problem.__cause__
            if isinstance(cause, ClientError) and _code(cause) in MISSING:
                raise StorageAway(f"there is no bucket {self.bucket.name} at {self.bucket.origin}") from cause
            raise

    def _name(self, key: str) -> str:
        return self.bucket.prefix + place_of(key)

    def _object(self, key: str) -> dict[str, str]:
        return {"Bucket": self.bucket.name, "Key": self._name(key)}

    def _is_old(self, key: str, before: datetime) -> bool:
        try:
            with self._words(key):
                changed: datetime = self.client.head_object(**self._object(key))["LastModified"]
        except FileNotFoundError:
            return False
        return changed < before

    def _room(self) -> SpooledTemporaryFile[bytes]:
        return SpooledTemporaryFile(IN_MEMORY_BYTES, dir=str(self._scratch))

    def _damaged(self, key: str) -> Damaged:
        log.error("the object %s of %s is not what its key says", key, self.bucket.origin)
        return Damaged(key)

    @contextmanager
    def _words(self, key: str | None = None) -> Iterator[None]:
        """Turn what the library raises into StorageAway or StorageFull, and FileNotFoundError where one object is asked for."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as problem:
            if key is not None and _code(problem) in MISSING:
                raise FileNotFoundError(key) from problem
            if _code(problem) in FULL:
                raise StorageFull from problem
            raise StorageAway(self._why(_code(problem))) from problem
        except BotoCoreError as problem:
            raise StorageAway(self._why(type(problem).__name__)) from problem
        except OSError as problem:  # of the folder for work in progress
            if problem.errno in NO_SPACE:
                raise StorageFull from problem
            raise

    def _why(self, code: str) -> str:
        origin, name = self.bucket.origin, self.bucket.name
        if code in {"NoCredentialsError", "PartialCredentialsError"}:
            return "there are no keys for the bucket: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        if code in {"ProfileNotFound", "ConfigNotFound"}:
            return f"there is no profile {self.bucket.profile} in ~/.aws"
        if code == "NoSuchBucket":
            return f"there is no bucket {name} at {origin}"
        if code in REFUSED:
            return f"{origin} refuses our keys for the bucket {name} ({code})"
        if code in ELSEWHERE:
            return f"the bucket {name} does not lie in the region {self.bucket.region} ({code})"
        return f"{origin} does not answer as it should ({code})"


def _code(problem: Any) -> str:
    """Return the code of the server's refusal, its status where it gave none."""
    said = problem.response
    return str(said.get("Error", {}).get("Code") or said.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()
