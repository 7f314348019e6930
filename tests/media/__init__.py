"""Tests of video files, and the clips they are made on."""
