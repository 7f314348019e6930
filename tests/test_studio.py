"""The studio from Python: what it refuses before anything is started."""

from pathlib import Path

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.studio import Studio


async def test_a_way_to_join_sound_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest, match="choose exact or copy") as refused:
            await studio.join([tmp_path / "one.mp4"], tmp_path / "film.mp4", sound="louder")

    assert refused.value.field == "sound"
