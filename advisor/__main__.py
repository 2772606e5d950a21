"""``python -m advisor`` is ``dialoglots``."""

from advisor.cli import main

if __name__ == "__main__":
    main()
