"""The parts of a service, and the lock around them."""

import pytest

from ingest.library import LibraryError
from ingest.owner import FolderOwned, Ownership, read_owner
from service.app import open_parts
from service.settings import Settings


def test_open_parts_own_the_data_folder_until_their_block_ends(tmp_path):
    with open_parts(Settings(data=tmp_path), "a notebook") as parts:
        assert parts.library.documents() == {}
        assert read_owner(tmp_path).doing == "a notebook"
        with pytest.raises(FolderOwned, match="a notebook"):
            Ownership(tmp_path, "another")
    Ownership(tmp_path, "another").release()


def test_a_folder_that_another_owns_is_not_opened_and_the_cure_is_named(tmp_path):
    with Ownership(tmp_path, "rightkey serve"):
        with pytest.raises(FolderOwned, match=r"rightkey serve .*Stop it, or name another folder in RIGHTKEY_DATA"):
            open_parts(Settings(data=tmp_path), "a notebook").__enter__()
        assert not (tmp_path / "catalog.db").exists()


def test_a_folder_that_can_not_be_opened_is_named_and_free_again(tmp_path):
    (tmp_path / "catalog.db").write_text("this is no database " * 100)
    with pytest.raises(LibraryError, match="rightkey ingest rebuild"), open_parts(Settings(data=tmp_path), "a notebook"):
        pass
    Ownership(tmp_path, "another").release()
