"""The parts of the loopback exchange. Entry point and description of all commands: ../exchange.py."""
