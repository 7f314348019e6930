"""The stand-ins' fixtures for every test of them."""

pytest_plugins = ["storyreel.standins.fixtures"]
