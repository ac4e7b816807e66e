import sys

from forum.serve.run import main

if __name__ == "__main__":
    sys.exit(main())
