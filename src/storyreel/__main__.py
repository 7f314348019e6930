"""`python -m storyreel`: the command line."""

from storyreel.doors.cli.main import main

if __name__ == "__main__":
    main()
