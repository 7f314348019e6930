"""The words Storyreel is written in: plain frozen values and the errors. No I/O; imports nothing of ours."""
