"""Interfaces of earlier systems, thin over ours, for programs that were written against them; each is loaded when needed."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyreel.compat.hugging_face_media import HuggingFaceMedia
    from storyreel.compat.scene_connector import SceneConnector
    from storyreel.compat.veo31_generator import Veo31VideoGenerator
    from storyreel.compat.veo_video_generator import VeoVideoGenerator
    from storyreel.compat.video_stitcher import VideoStitcher
    from storyreel.compat.video_tasks import create_video_task, upload_image, wait_for_video

__all__ = [
    "HuggingFaceMedia",
    "SceneConnector",
    "Veo31VideoGenerator",
    "VeoVideoGenerator",
    "VideoStitcher",
    "create_video_task",
    "upload_image",
    "wait_for_video",
]

_FILES = {
    "HuggingFaceMedia": "hugging_face_media",
    "SceneConnector": "scene_connector",
    "Veo31VideoGenerator": "veo31_generator",
    "VeoVideoGenerator": "veo_video_generator",
    "VideoStitcher": "video_stitcher",
    "create_video_task": "video_tasks",
    "upload_image": "video_tasks",
    "wait_for_video": "video_tasks",
}


def __getattr__(name: str) -> object:
    """One of the names above. Raises AttributeError."""
    if name not in _FILES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FILES[name]}"), name)
