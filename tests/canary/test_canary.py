"""What durable_rules 2.0.28 does, relied on or kept away from: each quirk by name, so that another version is noticed.

Every case runs in a process of its own, for some hang. What reads memory that is not its own (another fact's null in a
comparison, an empty list of facts) crashes on one machine and not on another, so no case can hold it: it is kept away
from. What the engine of this program may use follows from all these; see ``advisor.engine.compiler`` and
``advisor.engine.session``.
"""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from advisor.engine.session import engine_available

pytestmark = pytest.mark.skipif(not engine_available(), reason="durable_rules does not import here (Python 3.13?)")

PATIENCE = 60  # for what must end
HANGS_AFTER = 4  # for what must not

PREAMBLE = """
import gc, json, locale, resource, threading, time
import durable_rules_engine as binding
from durable.engine import Host, MessageNotHandledException, MessageObservedException

class Quiet(Host):
    def _run(self):
        pass

def host(patterns, fired=None, **settings):
    # A ruleset "r" of rules with one pattern each; names of those that fire go to `fired`.
    def rule(name, pattern):
        parts = pattern if isinstance(pattern, list) else [{"m": pattern}]
        return {"all": parts, "run": lambda c: fired.append(name), **settings.get(name, {})}
    return Quiet({"r": {name: rule(name, pattern) for name, pattern in patterns.items()}})

def fires(patterns, *facts, **settings):
    fired = []
    one = host(patterns, fired, **settings)
    for fact in facts:
        one.assert_fact("r", fact)
    return fired

def holds(test, **fact):
    # Whether one test fires on one fact.
    return "test" in fires({"test": plan(test), "any": {"kind": "plan"}}, {"kind": "plan", **fact})

def plan(*tests):
    return {"$and": [{"kind": "plan"}, *tests]}

def error(work):
    try:
        work()
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    return "no error"

def megabytes():
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * resource.getpagesize() / 2**20
"""


class Case(NamedTuple):
    """A script and what it prints; ``ends`` is "" or "hangs" (after printing). ``needs`` is a file."""

    name: str
    script: str
    prints: str
    ends: str = ""
    needs: str = ""


CASES = [
    # Facts, events and the agenda
    Case(
        "a fact fires every rule that matches",
        'print(fires({"a": plan({"x": 1}), "b": {"kind": "plan"}}, {"kind": "plan", "x": 1}))',
        "['a', 'b']",
    ),
    Case(
        "an event is used up by the first rule",
        """
fired = []
host({"a": {"kind": "plan"}, "b": {"kind": "plan"}}, fired).post("r", {"kind": "plan"}); print(fired)
""",
        "['a']",
    ),
    Case(
        "rules fire by priority, lowest first, then as defined",
        """
rules = {name: {"kind": "plan"} for name in "dcba"}
print(fires(rules, {"kind": "plan"}, d={"pri": 2}, b={"pri": 1}))
""",
        "['c', 'a', 'b', 'd']",
    ),
    Case(
        "nothing that fired comes back when it is no longer so",
        """
fired = []
one = host({"a": {"kind": "plan"}}, fired)
one.assert_fact("r", {"kind": "plan"}); one.retract_fact("r", {"kind": "plan"}); print(fired)
""",
        "['a']",
    ),
    Case(
        "registering takes the actions out of the definition",
        """
rules = {"a": {"all": [{"m": {"kind": "plan"}}], "run": lambda c: None}}
Quiet({"r": rules}); print(rules["a"].keys())
""",
        "dict_keys(['all'])",
    ),
    Case(
        "a ruleset's name is taken once and for all",
        'one = host({"a": {"kind": "plan"}}); print(error(lambda: one.register_rulesets({"r": {}})))',
        "Exception: Ruleset with name r already registered",
    ),
    Case(
        "two hosts may use the same names",
        """
fired = []
for name in "ab":
    host({name: {"kind": "plan"}}, fired).assert_fact("r", {"kind": "plan"})
print(fired)
""",
        "['a', 'b']",
    ),
    Case(
        "a host of the library's own starts two threads",
        "before = threading.active_count(); Host(); print(threading.active_count() - before)",
        "2",
    ),
    # Errors
    Case(
        "a fact that no rule matches is an error and is not kept",
        """
one = host({"a": {"kind": "plan"}}, [])
try:
    one.assert_fact("r", {"kind": "other"})
except MessageNotHandledException:
    print("not handled", one.get_facts("r"))
""",
        "not handled []",
    ),
    Case(
        "what goes wrong in an action is swallowed and left in the state",
        """
def wrong(c):
    raise KeyboardInterrupt("stop")
one = Quiet({"r": {"a": {"all": [{"m": {"kind": "plan"}}], "run": wrong}}})
print("stop" in one.assert_fact("r", {"kind": "plan"})["exception"])
""",
        "True",
    ),
    Case(
        "the binding says by number what it did with a fact",
        """
ruleset = binding.create_ruleset("r", json.dumps({"a": {"all": [{"m": {"kind": "plan"}}]}}))
for fact in ({"kind": "plan"}, {"kind": "other"}, {"kind": "plan"}):
    print(binding.assert_fact(ruleset, json.dumps(fact))[0])
""",
        "0\n1\n2",
    ),
    Case(
        "a result begins with the rule's name",
        """
ruleset = binding.create_ruleset("r", json.dumps({"12": {"all": [{"m": {"kind": "plan"}}]}}))
state = binding.assert_fact(ruleset, '{"kind":"plan","x":"{\\\\"7\\\\":"}')[1]
print(binding.start_action_for_state(ruleset, state)[1]); print(binding.complete_and_start_action(ruleset, state))
""",
        '{"12":{"m":{"kind":"plan","x":"{\\"7\\":"}}}\nNone',
    ),
    Case(
        "rules that can never fire are taken without a word",
        'print(fires({"a": [], "b": {"kind": "plan"}}, {"kind": "plan"}))',
        "['b']",
    ),
    # Identity
    Case(
        "facts are the same when their text is, whatever its types",
        """
one = host({"a": {"kind": "plan"}}, [])
one.assert_fact("r", {"kind": "plan", "x": 1})
try:
    one.assert_fact("r", {"x": "1", "kind": "plan"})
except MessageObservedException:
    print("observed")
""",
        "observed",
    ),
    Case(
        "facts with the same id are the same",
        """
one = host({"a": {"kind": "plan"}}, [])
one.assert_fact("r", {"kind": "plan", "id": 7, "x": 1})
try:
    one.assert_fact("r", {"kind": "plan", "id": "7", "x": 2})
except MessageObservedException:
    print("observed")
""",
        "observed",
    ),
    Case(
        "a fact may come again under another sid",
        'print(fires({"a": {"kind": "plan"}}, {"kind": "plan", "sid": "1"}, {"kind": "plan", "sid": "2"}))',
        "['a', 'a']",
    ),
    # Values
    Case(
        "no operator fires on an absent field, not even unequal",
        """
tests = [{"x": 1}, {"$neq": {"x": 1}}, {"$lt": {"x": 1}}, {"$gte": {"x": 1}}, {"x": None}, {"$neq": {"x": None}}]
print([holds(test) for test in tests])
""",
        str([False] * 6),
    ),
    Case("unequal does not fire on null", 'print(holds({"$neq": {"x": 1}}, x=None))', "False"),
    Case(
        "values of other types are made to fit",
        'print([holds({"x": 1}, x=x) for x in (True, 1.0)], [holds({"x": True}, x=x) for x in (1, "true")])',
        "[True, True] [True, True]",
    ),
    Case("numbers compare with texts as texts", 'print(holds({"$gt": {"x": 5}}, x="10"))', "False"),
    Case(
        "whole numbers, truths and words compare exactly",
        """
print(holds({"x": 2000000002}, x=2000000002), holds({"$lt": {"x": -3}}, x=-4), holds({"$gte": {"x": -3}}, x=-4))
print(holds({"x": False}, x=False), holds({"x": True}, x=False), holds({"$neq": {"x": True}}, x=False))
print(holds({"x": "web"}, x="web"), holds({"x": "web"}, x="website"), holds({"x": "website"}, x="web"))
""",
        "True True False\nTrue False True\nTrue False False",
    ),
    Case(
        "å, ä and ö are letters like others",
        'print(holds({"å": "ö"}, å="ö"), holds({"å": "ö"}, å="ä"))',
        "True False",
    ),
    Case(
        "numbers with an exponent are not read",
        """
for number in (1e20, 1e-7, float("inf")):
    print(error(lambda: holds({"x": 1}, x=number)))
print(holds({"x": None}, x=float("nan")))
""",
        "error: Could not assert fact, error code: 204\n" * 2 + "error: Could not assert fact, error code: 202\nTrue",
    ),
    Case(
        "long texts are compared by a part of their length",
        'print(holds({"x": "x" * 65536 + "y"}, x="x" * 65536 + "z"))',
        "True",
    ),
    Case(
        "a lone surrogate is refused",
        'print(error(lambda: holds({"x": 1}, x="\\ud800")))',
        "error: pyAssertFact Invalid argument",
    ),
    Case(
        "lists are not compared",
        'print(error(lambda: host({"a": plan({"x": [1]})}, [])))',
        "error: Could not create ruleset, error code: 102",
    ),
    Case("digits in regular expressions are not known", 'print(holds({"$mt": {"x": "\\\\d+"}}, x="12"))', "False"),
    Case(
        "names are told apart by a hash alone",
        'print(holds({"costarring": 1}, liquid=1))',
        "True",
    ),
    Case(
        "an or in a pattern fires once for each way it is true",
        'print(fires({"a": plan({"$or": [{"x": 1}, {"y": 1}]})}, {"kind": "plan", "x": 1, "y": 1}))',
        "['a', 'a']",
    ),
    Case(
        "a pattern that fits the library's own message fires for ever",
        'print("begins", flush=True); fires({"a": {"$nex": {"x": 1}}}, {"kind": "plan"}); print("ends")',
        "begins",
        "hangs",
    ),
    Case(
        "a pattern on sid fires for ever",
        'print("begins", flush=True); fires({"a": {"sid": "1"}}, {"kind": "plan", "sid": "1"}); print("ends")',
        "begins",
        "hangs",
    ),
    # Several facts
    Case(
        "whether negation works hangs on the hash of a name",
        """
for name in ("m", "e"):
    fired = []
    one = host({"a": [{name: {"kind": "plan"}}, {"veto$not": {"kind": "veto"}}]}, fired)
    one.assert_facts("r", [{"kind": "plan"}, {"kind": "veto"}])
    print(fired)
""",
        "['a']\n[]",
    ),
    # Limits
    Case(
        "one fact may satisfy 64 tests side by side, not 65",
        """
for tests in (64, 65):
    rules = {str(n): plan({f"f{n}": True}) for n in range(tests)}
    fact = {"kind": "plan"} | {f"f{n}": True for n in range(tests)}
    print(error(lambda: print(len(fires(rules, fact)))))
""",
        "64\nno error\nerror: Could not assert fact, error code: 303",
    ),
    Case(
        "tests one behind the other do not count as side by side",
        """
rules = {str(r): plan(*({f"f{r}_{n}": True} for n in range(30))) for r in range(5)}
print(fires(rules, {"kind": "plan"} | {f"f{r}_{n}": True for r in range(5) for n in range(30)}))
""",
        "['0', '1', '2', '3', '4']",
    ),
    Case(
        "500 tests may follow one test",
        'print(fires({str(n): plan({"x": n}) for n in range(500)}, {"kind": "plan", "x": 7}))',
        "['7']",
    ),
    Case(
        "a fact hangs where 512 tests follow one test",
        """
one = host({str(n): plan({"x": n}) for n in range(512)}, [])
print("begins", flush=True); one.assert_fact("r", {"kind": "plan", "x": 7}); print("ends")
""",
        "begins",
        "hangs",
    ),
    Case(
        "a ruleset hangs where more than 512 tests follow one test",
        'print("begins", flush=True); host({str(n): plan({"x": n}) for n in range(520)}, []); print("ends")',
        "begins",
        "hangs",
    ),
    Case(
        "a fact may have 252 properties beside its sid and id",
        """
for more in (251, 252):
    fact = {"kind": "plan"} | {f"f{n}": 1 for n in range(more)}
    print(error(lambda: fires({"a": {"kind": "plan"}}, fact)))
""",
        "no error\nerror: Could not assert fact, error code: 302",
    ),
    Case(
        "a pattern may hold 15 groups",
        """
for groups in (14, 15):
    nested = {"x": 0}
    for n in range(groups):
        nested = {("$or", "$and")[n % 2]: [{"x": n + 1}, nested]}
    print(error(lambda: host({"a": plan(nested)}, [])))
""",
        "no error\nerror: Could not create ruleset, error code: 113",
    ),
    Case(
        "a pattern may hold 200 plain tests",
        """
fact = {f"f{n}": 1 for n in range(200)}
print(fires({"a": plan(*({name: 1} for name in fact))}, {"kind": "plan"} | fact))
""",
        "['a']",
    ),
    Case(
        "1024 states and no more",
        """
one = host({"a": {"kind": "plan"}}, [])
for sid in range(1024):
    one.assert_fact("r", {"kind": "plan", "sid": sid})
print(error(lambda: one.assert_fact("r", {"kind": "plan", "sid": 1024})))
""",
        "MemoryError: ",
    ),
    # Memory and surroundings
    Case(
        "decimals are read by the process's locale",
        """
import os, subprocess, tempfile
folder = tempfile.mkdtemp()
subprocess.run(["localedef", "-i", "sv_SE", "-f", "UTF-8", folder + "/sv_SE.UTF-8"], check=True)
os.environ["LOCPATH"] = folder
print(holds({"$gte": {"x": 2.5}}, x=2.4), holds({"$gt": {"x": 2}}, x=2.4))
locale.setlocale(locale.LC_ALL, "sv_SE.UTF-8")
print(holds({"$gte": {"x": 2.5}}, x=2.4), holds({"$gt": {"x": 2}}, x=2.4))
""",
        "False True\nTrue False",
        needs="/usr/share/i18n/locales/sv_SE",
    ),
    Case(
        "deleting the state keeps memory flat",
        """
one = host({str(n): plan({"x": n}) for n in range(100)}, [])
def run(sid):
    one.assert_fact("r", {"kind": "plan", "x": 1, "sid": sid}); one.delete_state("r", sid)
for sid in range(200): run(sid)
before = megabytes()
for sid in range(200, 3000): run(sid)
print(megabytes() - before < 5)
""",
        "True",
        needs="/proc/self/statm",
    ),
    Case(
        "a ruleset takes memory until it is deleted",
        """
def grows(delete):
    before = megabytes()
    for _ in range(100):
        ruleset = host({str(n): plan({"x": n}) for n in range(50)}, []).get_ruleset("r")._handle
        if delete:
            binding.delete_ruleset(ruleset)
    gc.collect()
    return megabytes() - before
grows(True); print(grows(True) < 5, grows(False) > 10)
""",
        "True True",
        needs="/proc/self/statm",
    ),
    Case(
        "threads run one after the other on one ruleset",
        """
fired = []
one = host({"a": {"kind": "plan"}}, fired)
def run(thread):
    for n in range(100):
        one.assert_fact("r", {"kind": "plan", "sid": f"{thread}-{n}"})
threads = [threading.Thread(target=run, args=(thread,)) for thread in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(fired))
""",
        "600",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_durable_rules(case: Case) -> None:
    if case.needs and not Path(case.needs).exists():
        pytest.skip(f"{case.needs} is not on this system")
    command = [sys.executable, "-c", PREAMBLE + case.script]
    try:
        limit = HANGS_AFTER if case.ends == "hangs" else PATIENCE
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=limit)
    except subprocess.TimeoutExpired as hanging:
        printed, ends = (hanging.stdout or b"").decode(), "hangs"
    else:
        printed, ends = done.stdout, ""
        assert done.returncode == 0, done.stderr
    assert (printed.strip(), ends) == (case.prints.strip(), case.ends)
