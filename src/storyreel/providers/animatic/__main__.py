"""`python -m storyreel.providers.animatic`: a process that draws shots, as worker.py says."""

import os
import signal
from importlib import import_module

# Ctrl-C goes to the whole group, and what it means is the parent's to say: deaf to it before the imports, which take their time
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # there is a process a core already, and its threads take long to start
if hasattr(os, "nice"):
    os.nice(5)  # who answers people goes first, and drawing takes what is left
import_module("storyreel.providers.animatic.worker").main()
