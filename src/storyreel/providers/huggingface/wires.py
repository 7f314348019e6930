"""Every upstream whose wire we speak, by the name that the Hub gives it."""

from storyreel.providers.huggingface import fal, hf_inference, novita, nscale, replicate, together, wavespeed, zai

WIRES = {module.WIRE.name: module.WIRE for module in (fal, replicate, novita, wavespeed, together, nscale, hf_inference, zai)}
