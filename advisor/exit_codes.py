"""What the command says when it ends; the highest that applies wins."""

from enum import IntEnum


class ExitCode(IntEnum):
    OK = 0
    SOMETHING_TO_DO = 1  # findings at or above --fail-on: the program worked
    UNREADABLE = 2  # a plan could not be read or does not exist; the others were still checked
    WRONG_KNOWLEDGE = 3  # a rule or knowledge file is wrong, or a rule's example fails
    WRONG_USAGE = 64
    INTERNAL = 70
    CANNOT_WRITE = 74
    INTERRUPTED = 130
