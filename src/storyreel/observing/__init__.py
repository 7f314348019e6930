"""What goes on, told to machines that watch: logs, spans and figures. Silent where nobody asked for any."""
