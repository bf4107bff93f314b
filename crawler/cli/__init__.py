"""The command line: a file a group of commands; it parses, prints and maps errors to exit codes."""
