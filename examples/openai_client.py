"""The official `openai` client against `storyreel serve`: only the address and the key are ours.

python examples/openai_client.py "Waves roll onto a beach at sunset" --model seedance-2-mini
"""

import argparse
import os

from openai import OpenAI


def main() -> None:
    """Make a video, wait for it, download it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("prompt")
    parser.add_argument("--model", default="animatic", help="any of `storyreel models`; the animatic draws for free")
    parser.add_argument("--seconds", default="4")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--output", default="video.mp4")
    told = parser.parse_args()
    server = os.environ.get("STORYREEL_SERVER", "http://localhost:8000")
    client = OpenAI(base_url=f"{server}/v1", api_key=os.environ.get("STORYREEL_API_KEY", "none needed yet"))

    videos = client.videos  # their own end in 2026; a server of yours goes on
    video = videos.create_and_poll(prompt=told.prompt, model=told.model, seconds=told.seconds, size=told.size)  # pyright: ignore[reportDeprecated]
    if video.status != "completed":
        raise SystemExit(f"{video.id}: {video.error.message if video.error else video.status}")
    videos.download_content(video.id).write_to_file(told.output)  # pyright: ignore[reportDeprecated]
    print(f"{video.id}: {video.seconds} s by {video.model}, in {told.output}")


if __name__ == "__main__":
    main()
