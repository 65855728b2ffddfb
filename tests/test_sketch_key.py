"""The key of the hashes that texts are compared by."""

from pathlib import Path

import pytest

from listener import catalogue
from listener.settings import Settings
from listener.settings.secret_files import BadCredentials
from listener.workbench import hearing_of
from tests.shell_fakes import chat, record


def sketch(settings: Settings) -> str:
    words = "Where is the wardrobe that was promised for Saturday?"
    (fate,) = hearing_of(settings, catalogue.load()).hear([record("contact_chat", chat(words))])
    return fate.signals[0].sketch


def test_another_key_gives_other_hashes_of_the_same_words(tmp_path: Path):
    (tmp_path / "key").write_text("a secret of the firm's own\n")
    keyed = Settings(brand="acme", sketch_key_file=tmp_path / "key")
    assert sketch(keyed) == sketch(keyed) != sketch(Settings(brand="acme"))


def test_a_key_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(BadCredentials, match="sketch_key_file"):
        sketch(Settings(brand="acme", sketch_key_file=tmp_path / "none"))
