#!/usr/bin/python3
"""Self-check of the loopback exchange through real sockets. Runs the market, misbehaviour and TLS checks beside this file."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

if __name__ == "__main__":
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromNames(["check_market", "check_ends", "check_misbehaviour", "check_connections"])
    if suite.countTestCases() == 0:
        sys.exit("no checks found")
    sys.exit(0 if unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful() else 1)
