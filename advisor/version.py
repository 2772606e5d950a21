"""The program's version, as the package was installed."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("dialoglots")
except PackageNotFoundError:  # run from a folder that was never installed
    VERSION = "0"
