"""What an upstream's wire says: how a model is ordered there, what the answer holds, how a job is looked at. One file each.

The words are Hugging Face's own task parameters where it has them (`num_frames`, `guidance_scale`, ...), plain ones otherwise.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from storyreel.domain.errors import OutputBroken
from storyreel.domain.generation import GenerationState, Sighting
from storyreel.domain.values import JSON, dict_of
from storyreel.providers.http import Answer

TEXT_TO_VIDEO, IMAGE_TO_VIDEO, BOTH_TO_VIDEO = "text-to-video", "image-to-video", "image-text-to-video"
TEXT_TO_IMAGE, IMAGE_TO_IMAGE = "text-to-image", "image-to-image"
VIDEO_TASKS = (TEXT_TO_VIDEO, IMAGE_TO_VIDEO, BOTH_TO_VIDEO)
IMAGE_TASKS = (TEXT_TO_IMAGE, IMAGE_TO_IMAGE)

WORDS = (
    "prompt",
    "negative_prompt",
    "seed",
    "duration",  # seconds
    "num_frames",
    "fps",
    "aspect_ratio",  # "16:9"
    "resolution",  # "480p"
    "width",
    "height",
    "image",  # an address or a data URI; of a clip its first frame
    "last_image",
    "guidance_scale",
    "num_inference_steps",
)
"""What every wire knows to say, or to leave out; any other word goes through as it is."""

Words = Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Served:
    """One provider's offer of one model of the Hub."""

    model: str  # as the Hub calls it
    provider: str
    provider_id: str  # as the provider calls it
    task: str
    status: str  # live, staging, error
    weights: str | None = None  # a LoRA's file in the model's repository

    @property
    def makes_video(self) -> bool:
        """Whether clips come of it; otherwise pictures."""
        return self.task in VIDEO_TASKS

    @property
    def lora_url(self) -> str | None:
        """Where an upstream finds a LoRA's weights."""
        return f"https://huggingface.co/{self.model}/resolve/main/{self.weights}" if self.weights else None


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an upstream; its path lies under the upstream's name at the router."""

    path: str
    body: JSON = None
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Taken:
    """What the answer to an order holds: a job to look at, or links, or the result itself."""

    job: str = ""
    links: tuple[str, ...] = ()
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Wire:
    """One upstream, as it is reached through the router."""

    name: str
    tasks: tuple[str, ...]
    video: Mapping[str, str]  # our word -> theirs, for clips; what is not here is not sent
    image: Mapping[str, str]  # the same for pictures
    order: Callable[[Served, dict[str, JSON]], Call]
    taken: Callable[[Answer], Taken]  # raises OutputBroken
    status: Callable[[str], Call] | None = None
    seen: Callable[[JSON], Sighting] | None = None
    result: Callable[[str], Call] | None = None  # where a finished job's result lies apart from its state
    cancel: Callable[[str], Call] | None = None
    waits: tuple[str, ...] = ()  # tasks whose answer comes when the result is there
    most_picture_bytes: int | None = None

    def words_for(self, served: Served) -> Mapping[str, str]:
        """Which of our words it takes for this model, and how it says them."""
        return self.video if served.makes_video else self.image

    def left_out(self, served: Served, words: Words) -> tuple[str, ...]:
        """The words that this upstream has none for."""
        return tuple(word for word in words if word in WORDS and word not in self.words_for(served) and words[word] is not None)

    def call_for(self, served: Served, words: Words) -> Call:
        """The paid request."""
        theirs = self.words_for(served)
        said = {theirs.get(word, word): value for word, value in words.items() if word not in WORDS or word in theirs}
        return self.order(served, {word: value for word, value in said.items() if value is not None})


def first_of(told: JSON) -> dict[str, JSON]:
    """The first object of a list in an answer."""
    return dict_of(told[0]) if isinstance(told, list) and told else {}


def inline(told: JSON) -> bytes:
    """The picture of an OpenAI-shaped answer. Raises OutputBroken."""
    try:
        return b64decode(str(first_of(dict_of(told).get("data"))["b64_json"]), validate=True)
    except (KeyError, NotBase64) as error:
        raise OutputBroken("the answer holds no picture") from error


def job_of(id: JSON) -> Taken:
    """A job to look at. Raises OutputBroken where the answer names none."""
    if not isinstance(id, str) or not id:
        raise OutputBroken("the answer names no job")
    return Taken(job=id)


def link_of(url: JSON) -> Taken:
    """A result behind a link. Raises OutputBroken where there is none."""
    if not isinstance(url, str) or not url:
        raise OutputBroken("the answer holds no result")
    return Taken(links=(url,))


def sighting_of(state: JSON, states: Mapping[str, GenerationState], *, outputs: JSON = None, error: JSON = None) -> Sighting:
    """A look, by the upstream's own words; one that is not known is work in progress."""
    found = states.get(str(state), GenerationState.RUNNING)
    links = [outputs] if isinstance(outputs, str) else outputs if isinstance(outputs, list) else []
    told = str(error) if error and found is GenerationState.FAILED else None
    return Sighting(state=found, outputs=tuple(str(link) for link in links) if found is GenerationState.READY else (), error=told)
