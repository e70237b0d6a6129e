import os

from scripts import model


def test_the_models_used_last_are_kept(tmp_path):
    for age, name in enumerate("abcde"):
        path = tmp_path / f"{name}.tar.gz"
        path.touch()
        os.utime(path, (1000 - age, 1000 - age))

    model.forget_old(tmp_path, kept=3)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.gz", "b.tar.gz", "c.tar.gz"]
