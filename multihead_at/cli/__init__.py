"""The command line: flags to `Config`, the commands, and what they print.

The only room that knows absl's flags.
"""
