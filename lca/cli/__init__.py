"""The command line: arguments, exit codes and lines for a terminal."""
