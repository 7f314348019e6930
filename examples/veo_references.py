"""One to three pictures become a prompt, which may be edited, then a film by Veo 3.1, or by what stands in its place.

    python examples/veo_references.py ring.png box.jpg --use-case luxury_brand --seconds 8
    python examples/veo_references.py ring.png --edit          read and edit the prompt before anything is paid for

No server is needed. Keys: GEMINI_API_KEY, REPLICATE_API_TOKEN, or a project of Google Cloud's.
"""

import argparse

from storyreel import StoryreelError
from storyreel.compat import Veo31VideoGenerator


def main() -> None:
    """Read the pictures, perhaps edit the prompt, make the film."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pictures", nargs="+", help="files or addresses")
    parser.add_argument("--use-case", default="product_video")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--quality", default="standard", choices=("high", "standard"))
    parser.add_argument("--edit", action="store_true")
    told = parser.parse_args()
    generator = Veo31VideoGenerator()
    wishes = {"duration_seconds": told.seconds, "quality": told.quality}
    if told.edit:
        prompt = generator.analyze_and_generate_prompt(told.pictures, use_case=told.use_case)["prompt"]
        print(prompt)
        prompt = input("Your words instead (Enter keeps these): ") or prompt
        made = generator.generate_video_with_prompt(prompt, told.pictures, **wishes)
    else:
        made = generator.generate_from_references(told.pictures, use_case=told.use_case, **wishes)
        print(made["step2_prompt"])
    video = made["step3_video_generation"]
    for note in video["notes"]:
        print(note)
    print(video["video_url"] or video["error"])


if __name__ == "__main__":
    try:
        main()
    except StoryreelError as error:  # it says what happened, and what to do
        raise SystemExit(f"{error}") from error
