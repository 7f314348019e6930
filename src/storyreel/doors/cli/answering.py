"""Questions that are answered by yes or no, in whichever language that is typed."""

import sys

import typer

from storyreel.doors.languages.voice import Voice

YES = {"y", "yes"}
NO = {"", "n", "no"}


def is_yes(said: Voice, answer: str) -> bool:
    """Whether an answer is a yes, in English or in the language that is spoken."""
    told = answer.strip().lower()
    return told in YES | {said("yes"), said("yes")[:1]}


def asked(said: Voice, question: str) -> bool:
    """Whether a person says yes to a question on stderr; nothing typed is a no. Raises typer.Abort where the input ends."""
    no = NO | {said("no"), said("no")[:1]}
    while True:
        sys.stderr.write(f"{question} {said('[y/N]')}: ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer:
            raise typer.Abort
        if is_yes(said, answer):
            return True
        if answer.strip().lower() in no:
            return False
