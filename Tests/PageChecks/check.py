#!/usr/bin/env python3
"""Checks of the pages in headless Chromium.

    check.py PLAYGROUND.html STEPPING.html [--only WORD …] [--thorough] [--sequences N] [--seed N] [--pictures FOLDER]

Needs Chromium (`chromium` on the search path, or its path in CHROMIUM) and Python's library only.
"""

import argparse
import os
import pathlib
import random
import sys

import check_playground
import check_stepping
import fuzz
import playground
from chromium import find_browser
from harness import Checks

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("playground", type=pathlib.Path, help="the page that `micrograd playground` writes")
parser.add_argument("stepping", type=pathlib.Path, nargs="?", help="a page to step through, as `micrograd draw -o` writes it")
parser.add_argument("--only", nargs="*", help="run the checks whose names contain one of these words")
parser.add_argument("--thorough", action="store_true", help="look at each state in all widths, themes and languages")
parser.add_argument("--sequences", type=int, default=60, help="the count of random sequences; 0: none")
parser.add_argument("--seed", type=int, default=int(os.environ.get("MICROGRAD_SEED", random.randrange(2**31))), help="of the random sequences")
parser.add_argument("--pictures", default="page-check-failures", help="the folder for pictures of failures")
options = parser.parse_args()
if find_browser() is None:
    print("There is no Chromium here: the checks of the pages are skipped")
    sys.exit(0)
checks = Checks(options.pictures)
checks.file, checks.thorough = options.playground.resolve(), options.thorough
checks.seed, checks.sequences = options.seed, options.sequences
checks.playground = checks.file.as_uri()
if options.stepping:
    checks.stepping, checks.describe = options.stepping.resolve().as_uri(), check_stepping.describe
    checks.run(check_stepping.ALL, options.only)
checks.describe = playground.describe
checks.run(check_playground.ALL + (fuzz.ALL if options.sequences else []), options.only)
sys.exit(checks.finish())
