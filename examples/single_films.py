"""Single films by a server: from a picture, a picture's address, or words; waited for, or asked for later.

    python examples/single_films.py                       a menu
    python examples/single_films.py picture beach.png     one by one; `--model animatic` draws for free
    python examples/single_films.py address https://picsum.photos/800/600
    python examples/single_films.py text "Waves roll onto a beach at sunset"
    python examples/single_films.py begin "A sky full of stars"

The server is `storyreel serve`; STORYREEL_SERVER says where, STORYREEL_API_KEY by which key.
"""

import argparse
from pathlib import Path
from typing import Any

from storyreel import StoryreelError
from storyreel.compat import create_video_task, upload_image, wait_for_video

MOVES = "The picture comes to life: light and small movements, everything stays as it is"


def from_picture(name: str, wishes: dict[str, Any]) -> None:
    """A picture of this machine: upload it, then begin a film on it."""
    picture = Path(name)
    attachment = upload_image(picture.read_bytes(), picture.name)
    print(f"uploaded: {attachment['option']['width']}x{attachment['option']['height']}")
    waited(create_video_task(MOVES, attachment, **wishes))


def from_address(address: str, wishes: dict[str, Any]) -> None:
    """A picture elsewhere: the server fetches it."""
    waited(create_video_task(MOVES, image_url=address, **wishes))


def from_words(prompt: str, wishes: dict[str, Any]) -> None:
    """Words alone."""
    waited(create_video_task(prompt, **wishes))


def begun(prompt: str, wishes: dict[str, Any]) -> None:
    """Begin a film and go; its ids are all that is needed later."""
    task = create_video_task(prompt, **wishes)
    print(f"on its way ({task['estimated_time']}); ask for it with:")
    print(f"  wait_for_video({task['conversation_id']!r}, {task['message_id']!r})")


def waited(task: dict[str, Any]) -> None:
    """Wait for a film and say where it is."""
    print(f"on its way: {task['estimated_time']}")
    urls = wait_for_video(task["conversation_id"], task["message_id"], on_progress=print)
    print(urls[0])


WAYS = {
    "picture": (from_picture, "The name of a picture's file"),
    "address": (from_address, "The address of a picture"),
    "text": (from_words, "What is to be seen"),
    "begin": (begun, "What is to be seen, later"),
}


def chosen() -> tuple[str, str]:
    """What a person picks from the menu."""
    for number, way in enumerate(WAYS, start=1):
        print(f"{number}. {way}: {WAYS[way][1].lower()}")
    way = list(WAYS)[int(input("Which? ")) - 1]
    return way, input(f"{WAYS[way][1]}: ")


def main() -> None:
    """Read the command line, or ask."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("way", nargs="?", choices=WAYS)
    parser.add_argument("what", nargs="?")
    parser.add_argument("--model", help="another model than the service's own")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--size", help="like 1280x720")
    told = parser.parse_args()
    way, what = (told.way, told.what) if told.way and told.what else chosen()
    wishes = {"model": told.model, "seconds": told.seconds, "size": told.size}
    WAYS[way][0](what, {name: value for name, value in wishes.items() if value})


if __name__ == "__main__":
    try:
        main()
    except StoryreelError as error:  # it says what happened, and what to do
        raise SystemExit(f"{error}") from error
