"""Video files: probe, frames, join, sound, encode, sheet. PyAV alone; no ffmpeg on the machine."""
