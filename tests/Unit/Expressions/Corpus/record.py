"""Runs every snippet of the corpus in CPython and prints what it gave, one JSON object per line."""
import json
import pathlib
import re
import sys
import types
import warnings

HERE = pathlib.Path(__file__).parent


def snippets():
    for path in sorted(HERE.glob("*.lines.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                yield f"{path.name}:{number}", "return " + line
    for path in sorted(HERE.glob("*.blocks.txt")):
        number = 1
        for block in path.read_text("utf-8").split("\n---\n"):
            yield f"{path.name}:{number}", block.rstrip("\n")
            number += block.count("\n") + 2


def plain(message):
    # The name of the wrapping function and the place of a library are no part of what is compared.
    return re.sub(r" \((/[^)]*|unknown location)\)$", "", message.replace("snippet.<locals>.", ""))


def run(source):
    wrapped = "def snippet():\n" + "".join("    " + line + "\n" for line in source.split("\n"))
    try:
        scope = {}
        exec(compile(wrapped, "<snippet>", "exec"), scope)
        value = scope["snippet"]()
        if isinstance(value, types.GeneratorType):
            value = list(value)
        return {"value": repr(value)}
    except SyntaxError as error:
        return {"error": "SyntaxError", "message": error.msg}
    except RecursionError:
        return {"error": "RecursionError", "message": "maximum recursion depth exceeded"}
    except BaseException as error:
        return {"error": type(error).__name__, "message": plain(str(error))}


warnings.simplefilter("ignore")
sys.stdout.reconfigure(encoding="utf-8")
real, sys.stdout = sys.stdout, open("/dev/null", "w")
for name, source in snippets():
    print(json.dumps({"id": name, **run(source)}, ensure_ascii=True), file=real)
