"""Measures the snippets of PolicySnippets.cs in CPython, wrapped and called as the reference product does."""
import pathlib
import platform
import re
import textwrap
import timeit

SOURCE = (pathlib.Path(__file__).parent / "PolicySnippets.cs").read_text("utf-8")


class Bag:
    def __init__(self, **values):
        self.__dict__.update(values)


GROUPS = [Bag(name="users"), Bag(name="staff"), Bag(name="admins")]
USER = Bag(username="jane", name="Jane Doe", email="jane@example.org", is_active=True, groups=Bag(all=lambda: list(GROUPS)), attributes={"tags": ["a"]})
CONTEXT = {"auth_method": "password", "prompt_data": {"username": "jane"}, "flow_plan": Bag(context={"pending_user": USER})}
SCOPE = {"request": Bag(user=USER, context=CONTEXT), "context": CONTEXT, "user": USER, "dn": "cn=jane,ou=people,ou=staff,dc=example,dc=org"}

print(f"CPython {platform.python_version()}")
for name, block, plain in re.findall(r'^        \["([a-z-]+)"\] = (?:"""\n(.*?)\n\s+"""|"([^\n]*)")', SOURCE, re.S | re.M):
    body = textwrap.dedent(block) if block else plain.replace("\\n", "\n")
    wrapped = "def handler(" + ", ".join(SCOPE) + "):\n" + textwrap.indent(body, "    ")
    scope = {}
    exec(compile(wrapped, name, "exec"), scope)
    handler = scope["handler"]
    count = 200_000
    best = min(timeit.repeat(lambda: handler(**SCOPE), number=count, repeat=5)) / count
    print(f"{name:16} {best * 1e9:8.0f} ns")
