"""OpenAI's pictures: keyframes drawn in view of others, paid for once, kept. Requirements F2, F4."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from storyreel.catalog.load import load_catalogue
from storyreel.catalog.quote import price_of
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputExpired,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Key, Repeat, Request
from storyreel.domain.values import Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Http
from storyreel.providers.openai_images import OpenAIImages as Adapter
from storyreel.providers.openai_images import drawable
from storyreel.providers.port import Kit
from storyreel.standins.fixtures import Standin
from storyreel.standins.openai import OpenAI as Cloud
from tests.providers.kits import Pictures, a_kit, an_account

KEY = Key(film="paper-boat", shot="s1:keyframe", take=1, route="gpt-image-2@openai")
ASKED = Request(prompt="a paper boat on a puddle", seconds=1 / 24, size=Size(width_px=1280, height_px=720))
ROUTE = load_catalogue().model("gpt-image-2").routes[0]


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin(Cloud, speed=1e6)


@pytest.fixture
async def kit(cloud: Cloud, tmp_path: Path) -> AsyncGenerator[Kit]:
    http = Http()
    account = replace(an_account("openai", f"{cloud.url}/v1", cloud.key), setting="OPENAI_API_KEY")
    yield a_kit(tmp_path, account=account, http=http)
    await http.close()


async def drawn(kit: Kit, request: Request = ASKED) -> tuple[Image.Image, str]:
    """The picture that comes, and its remote id."""
    adapter = Adapter(kit)
    remote = await adapter.submit(request, ROUTE, KEY)
    seen = await Adapter(kit).look(remote)  # also after a restart
    assert seen.state is GenerationState.READY
    data = b"".join([piece async for piece in adapter.fetch(seen.outputs[0])])
    return Image.open(BytesIO(data)), remote


async def test_every_call_has_a_key_of_its_own_whatever_its_shot_is_called(kit: Kit, cloud: Cloud) -> None:
    for shot in ("море:keyframe", "лето:keyframe"):
        await Adapter(kit).submit(ASKED, ROUTE, KEY.model_copy(update={"shot": shot}))

    assert len({one.key for one in cloud.submissions}) == 2


async def test_a_picture_comes_of_the_asked_size_and_its_bill_is_that_of_its_tokens(kit: Kit, cloud: Cloud) -> None:
    picture, remote = await drawn(kit)

    assert (picture.format, picture.size) == ("PNG", (1280, 720))
    assert (await Adapter(kit).look(remote)).cost_usd == cloud.submissions[0].cost_usd
    assert [call.path for call in cloud.log] == ["/v1/images/generations"]


async def test_with_pictures_in_view_it_is_an_edit_with_the_frame_to_go_on_from_first(
    kit: Kit, cloud: Cloud, tmp_path: Path
) -> None:
    frame, one, two = (png_bytes(Image.new("RGB", (64, 36), colour)) for colour in ("red", "blue", "green"))
    put = Pictures(tmp_path).put
    request = ASKED.model_copy(update={"first_frame": put(frame), "references": (put(one), put(two))})

    await drawn(kit, request)

    assert cloud.log[-1].path == "/v1/images/edits"
    (job,) = cloud.jobs.values()
    assert (job.asked.references, job.asked.notes) == ((frame, one, two), ("quality medium",))


async def test_a_size_that_cannot_be_drawn_becomes_the_next_of_its_shape(kit: Kit) -> None:
    asked = ASKED.model_copy(update={"size": Size(width_px=1920, height_px=1080)})
    picture, remote = await drawn(kit, asked)
    quoted, billed = price_of(ROUTE, asked), (await Adapter(kit).look(remote)).cost_usd

    assert picture.size == (2048, 1152)
    assert quoted is not None
    assert billed is not None
    assert quoted < billed < quoted + Decimal("0.001")  # the words come on top


def test_a_size_whose_exact_shape_would_cost_four_times_as_much_becomes_the_nearest() -> None:
    made = drawable(Size.of_aspect("5:4", 540))

    assert made.width_px * made.height_px < 2 * 640 * 1024
    assert made.shape == "5:4"


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21", "2:1", "5:4"])
@pytest.mark.parametrize("short_side_px", [64, 480, 512, 720, 768, 1080, 1440, 2160, 4320])
def test_every_size_becomes_one_that_can_be_drawn(aspect: str, short_side_px: int) -> None:
    size = Size.of_aspect(aspect, short_side_px) if short_side_px < 3000 or aspect in {"1:1", "16:9"} else Size.of_aspect("1:1")

    made = drawable(size)

    assert made.width_px % 16 == made.height_px % 16 == 0
    assert 655_360 <= made.width_px * made.height_px <= 3840 * 2160
    assert max(made.width_px, made.height_px) <= 3840
    assert abs(float(made.aspect / size.aspect) - 1) < 0.03


async def test_too_many_pictures_are_refused_before_anything_is_sent(kit: Kit, cloud: Cloud, tmp_path: Path) -> None:
    digests = tuple(Pictures(tmp_path).put(png_bytes(Image.new("RGB", (16, 16), (shade, 0, 0)))) for shade in range(17))

    with pytest.raises(InvalidRequest, match="no more than 16 pictures, and 17"):
        await drawn(kit, ASKED.model_copy(update={"references": digests}))

    assert not cloud.log


async def test_a_lost_answer_cannot_be_found_again_and_a_lost_file_has_expired(kit: Kit) -> None:
    adapter = Adapter(kit)
    remote = await adapter.submit(ASKED, ROUTE, KEY)
    await adapter.cancel(remote)  # of no effect
    for file in kit.work.iterdir():
        file.unlink()

    assert adapter.repeat is Repeat.NONE
    with pytest.raises(SubmitOutcomeUnknown, match="keeps no picture"):
        await adapter.find(KEY)
    assert (await adapter.look(remote)).error_code == "output_expired"
    with pytest.raises(OutputExpired):
        _ = [piece async for piece in adapter.fetch(remote)]


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("unauthorised", AuthenticationFailed, "OPENAI_API_KEY"),
        ("no_credit", InsufficientCredit, "exceeded your current quota"),
        ("rate_limited", RateLimited, "in 1 s"),
        ("moderation", ContentRejected, "refused the prompt.*safety system"),
        ("internal", SubmitOutcomeUnknown, "500"),
        ("reset_after", SubmitOutcomeUnknown, "look for it"),
        ("cut_off", SubmitOutcomeUnknown, "look for it"),
        ("truncated", SubmitOutcomeUnknown, "holds no picture"),
        ("html_page", SubmitOutcomeUnknown, "web page"),
    ],
)
async def test_what_a_create_is_refused_for_is_said(
    fault: str, kind: type[StoryreelError], words: str, kit: Kit, cloud: Cloud
) -> None:
    cloud.faults.add(fault, "create")

    with pytest.raises(kind, match=words) as error:
        await Adapter(kit).submit(ASKED, ROUTE, KEY)

    assert cloud.key not in str(error.value)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"remote_name": "dall-e-3"}, "model"),
        ({"fixed": {"quality": "ultra"}}, "quality"),
        ({"fixed": {"style": "vivid"}}, "style"),
    ],
)
async def test_a_wrong_request_names_what_is_wrong(change: dict[str, object], field: str, kit: Kit, cloud: Cloud) -> None:
    with pytest.raises(InvalidRequest) as error:
        await Adapter(kit).submit(ASKED, ROUTE.model_copy(update=change), KEY)

    assert error.value.field == field
    assert not cloud.submissions


async def test_whether_the_model_is_there_is_asked_of_the_list(kit: Kit) -> None:
    adapter = Adapter(kit)

    assert (await adapter.listed(ROUTE)).there
    assert not (await adapter.listed(ROUTE.model_copy(update={"remote_name": "dall-e-3"}))).there
