"""A child of the supervisor: `python -m forum.serve.child PARENT MODULE ARGS…` runs MODULE and ends with PARENT."""

import runpy
import sys

from forum.serve.parent import end_with_parent


def main() -> None:
    """Tie this process to its parent, then become the module named on the command line."""
    parent, module = int(sys.argv[1]), sys.argv[2]
    end_with_parent(parent)
    sys.argv = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
