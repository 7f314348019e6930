"""In which language the command line speaks: the setting's, else the system's."""

from collections.abc import Mapping

from storyreel.doors.languages.voice import Voice
from storyreel.doors.languages.words import language_of
from storyreel.settings import settings_of_environment


def system_voice(environment: Mapping[str, str]) -> Voice:
    """The voice that the system's environment asks for."""
    return Voice(language_of(environment))


def set_voice(voice: Voice) -> Voice:
    """The voice that STORYREEL_LANGUAGE asks for, or that one. Raises InvalidRequest for a setting that cannot be."""
    chosen = settings_of_environment().language
    return voice if chosen is None else Voice(chosen)
