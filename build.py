"""The command line: build the site, check the input, preview it, start a new city."""

import sys
import warnings

from brochure.cli.main import main

if __name__ == "__main__":
    # Deprecations inside libraries are for their authors, not for a city's staff.
    warnings.simplefilter("ignore", DeprecationWarning)
    sys.exit(main())
