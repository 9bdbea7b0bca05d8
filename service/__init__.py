"""Question -> evidence -> answer, over HTTP, on the command line, on a page."""
