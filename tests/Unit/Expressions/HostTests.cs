using System.Text.Json.Nodes;
using Postern.Expressions;

namespace Postern.Tests.Unit.Expressions;

/// <summary>What a host shows to scripts, and what it gets back.</summary>
public sealed class HostTests
{
    private static readonly ScriptType SkipObject = ScriptType.NewException("SkipObject");

    private sealed class Query(IReadOnlyList<string> names) : HostObject
    {
        private bool loaded;

        public int Loads { get; private set; }

        public override string TypeName => "QuerySet";

        protected internal override bool NeedsLoad => !loaded;

        protected internal override async ValueTask LoadAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            Loads++;
            loaded = true;
        }

        protected internal override IEnumerable<object?>? Iterate() => loaded ? names : throw new InvalidOperationException("not loaded");

        protected internal override int? Length => loaded ? names.Count : throw new InvalidOperationException("not loaded");
    }

    private sealed class Person : HostObject
    {
        private static readonly HostMembers<Person> Members = new HostMembers<Person>()
            .Property("name", p => p.Name, (p, value) => p.Name = (string)value!)
            .Property("pk", _ => 7)
            .Method("greet", (p, call) => $"{call.RequireText(0, "greeting")} {p.Name}{call.Get(1, "mark", "!")}")
            .AsyncProperty("boss", async p =>
            {
                await Task.Yield();
                return new Person { Name = p.Name + "'s boss" };
            })
            .AsyncMethod("groups", async (_, _) =>
            {
                await Task.Yield();
                return new List<object?> { "a", "b" };
            });

        public string Name { get; set; } = "Jane";

        public override string TypeName => "User";

        protected internal override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

        protected internal override bool TrySetAttribute(string name, object? value) => Members.TrySet(this, name, value);

        protected internal override string ToText() => Name;
    }

    [Theory]
    [InlineData("return user.name", "'Jane'")]
    [InlineData("return user.greet('Hi')", "'Hi Jane!'")]
    [InlineData("return user.greet('Hi', mark='?')", "'Hi Jane?'")]
    [InlineData("return user.greet()", "TypeError: greet() missing 1 required positional argument: 'greeting'")]
    [InlineData("return user.greet(5)", "TypeError: greet() argument 'greeting' must be str, not int")]
    [InlineData("return user.missing", "AttributeError: 'User' object has no attribute 'missing'")]
    [InlineData("return hasattr(user, 'name'), hasattr(user, 'missing'), getattr(user, 'missing', 5)", "(True, False, 5)")]
    [InlineData("user.name = 'Joe'\nreturn user.name", "'Joe'")]
    [InlineData("user.pk = 1", "AttributeError: 'User' object attribute 'pk' is read-only")]
    [InlineData("return user.pk + 1, f'{user}', str(user), repr(user)", "(8, 'Jane', 'Jane', '<User object>')")]
    [InlineData("return user == user, user != 1, user in [user], {user: 1}[user]", "(True, True, True, 1)")]
    [InlineData("return user.boss.name, user.boss.boss.name", "(\"Jane's boss\", \"Jane's boss's boss\")")]
    [InlineData("return [g.upper() for g in user.groups()], len(user.groups())", "(['A', 'B'], 2)")]
    [InlineData("return sorted([1, 2], key=lambda n: -len(user.groups()) * n)", "[2, 1]")]
    [InlineData("return user.greet.name", "AttributeError: 'builtin_function_or_method' object has no attribute 'name'")]
    public async Task Shows_members(string source, string expected)
    {
        var outcome = await Snippets.Compile(source).RunAsync(new ScriptScope().Set("user", new Person()), Snippets.Patient, TestContext.Current.CancellationToken);
        outcome.Error?.Fault.ShouldBeNull();
        (outcome.Succeeded ? ScriptValue.Represent(outcome.Value) : $"{outcome.Error!.TypeName}: {outcome.Error.Message}").ShouldBe(expected);
    }

    [Theory]
    [InlineData("return [n for n in query]")]
    [InlineData("return list(query)")]
    [InlineData("out = []\nfor n in query:\n    out.append(n)\nreturn out")]
    [InlineData("return list(query) if query else []")]
    [InlineData("return query and list(query)")]
    [InlineData("return [] if not query else sorted(query)")]
    [InlineData("return sorted(n for n in query if len(query) == 2)")]
    [InlineData("return [*query]")]
    [InlineData("return ['a', 'b'] if 'a' in query else []")]
    [InlineData("x, y = query\nreturn [x, y]")]
    [InlineData("return (lambda q: list(q))(query)")]
    [InlineData("return list(map(str, query))")]
    public async Task Loads_lazy_objects_before_use(string source)
    {
        var query = new Query(["a", "b"]);
        var outcome = await Snippets.Compile(source).RunAsync(new ScriptScope().Set("query", query), Snippets.Patient, TestContext.Current.CancellationToken);
        outcome.Error?.ToString().ShouldBeNull();
        ScriptValue.Represent(outcome.Value).ShouldBe("['a', 'b']");
        query.Loads.ShouldBe(1);
    }

    [Fact]
    public async Task Waits_for_the_host_without_a_thread()
    {
        var gate = new TaskCompletionSource<object?>();
        var scope = new ScriptScope().AsyncFunction("resolve_dns", async call => await gate.Task);
        var running = Snippets.Compile("x = resolve_dns('a')\nreturn [x, x]").RunAsync(scope, null, TestContext.Current.CancellationToken);
        running.IsCompleted.ShouldBeFalse();
        gate.SetResult("1.2.3.4");
        ScriptValue.Represent((await running).Value).ShouldBe("['1.2.3.4', '1.2.3.4']");
    }

    [Fact]
    public async Task An_awaited_failure_is_an_exception_of_the_script()
    {
        var scope = new ScriptScope().AsyncFunction("fetch", async _ =>
        {
            await Task.Yield();
            throw new ScriptException(ExceptionTypes.ValueError, "no such host");
        });
        var outcome = await Snippets.Compile("try:\n    fetch()\nexcept ValueError as e:\n    return str(e)").RunAsync(scope, null, TestContext.Current.CancellationToken);
        outcome.Value.ShouldBe("no such host");
        outcome = await Snippets.Compile("x = 1\nfetch()").RunAsync(scope, null, TestContext.Current.CancellationToken);
        (outcome.Error!.TypeName, outcome.Error.Line).ShouldBe(("ValueError", 2));
    }

    [Fact]
    public async Task A_slow_host_is_cut_off()
    {
        var scope = new ScriptScope().AsyncFunction("wait", async call =>
        {
            await Task.Delay(Timeout.Infinite, call.Cancellation);
            return null;
        });
        var run = new ScriptRun { Budget = new ScriptBudget { HostTime = TimeSpan.FromMilliseconds(20) } };
        var outcome = await Snippets.Compile("try:\n    wait()\nexcept:\n    return 1").RunAsync(scope, run, TestContext.Current.CancellationToken);
        outcome.Error!.Budget.ShouldBe(BudgetKind.HostTime);
    }

    [Fact]
    public async Task Cancelling_ends_the_evaluation()
    {
        using var source = new CancellationTokenSource();
        var scope = new ScriptScope().Function("stop", _ =>
        {
            source.Cancel();
            return null;
        });
        var outcome = await Snippets.Compile("stop()\nwhile True: pass").RunAsync(scope, Snippets.Patient, source.Token);
        outcome.Error!.Kind.ShouldBe(ScriptErrorKind.Cancelled);
    }

    [Fact]
    public void A_live_dictionary_is_changed_in_place()
    {
        var content = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["prompt_data"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["email"] = "a@b" },
            ["list"] = new List<object?> { 1 },
        };
        var scope = new ScriptScope().Set("context", content);
        var source = """
            context["x"] = 1
            context["prompt_data"]["email"] += ".example"
            context["list"].append("two")
            context.update({"y": [1]}, z=None)
            context.setdefault("d", {})["k"] = (1, 2)
            removed = context.pop("z")
            del context["y"]
            return len(context), "x" in context, sorted(context.keys()), removed, context.get("nope", 5), isinstance(context, dict), context["list"] + [3], list(context.items())[0][0]
            """;
        ScriptValue.Represent(Snippets.Run(source, scope).Value).ShouldBe("(4, True, ['d', 'list', 'prompt_data', 'x'], None, 5, True, [1, 'two', 3], 'prompt_data')");
        content["x"].ShouldBe(1L);
        ((IDictionary<string, object?>)content["prompt_data"]!)["email"].ShouldBe("a@b.example");
        ((List<object?>)content["list"]!).ShouldBe([1, "two"]);
        ((ScriptDict)content["d"]!)["k"].ShouldBeOfType<ScriptTuple>();
    }

    [Fact]
    public void A_script_dict_of_the_host_keeps_what_a_script_sets()
    {
        var plan = new ScriptDict();
        var scope = new ScriptScope().Set("context", new ScriptDict { ["flow_plan"] = new HostRecord("FlowPlan", [KeyValuePair.Create<string, object?>("context", plan)]) });
        Snippets.Run("context['flow_plan'].context['pending_user'] = 'akadmin'\nreturn True", scope).Value.ShouldBe(true);
        plan["pending_user"].ShouldBe("akadmin");
    }

    [Fact]
    public void Host_exceptions_have_their_type()
    {
        var scope = new ScriptScope().Set("SkipObject", SkipObject);
        var outcome = Snippets.Run("raise SkipObject", scope);
        outcome.Error!.Type.ShouldBe(SkipObject);
        outcome.Error.TypeName.ShouldBe("SkipObject");
        Snippets.Run("try:\n    raise SkipObject('x')\nexcept Exception as e:\n    return str(e)", scope).Value.ShouldBe("x");
    }

    [Fact]
    public void A_defect_of_the_host_is_no_result_and_shows_nothing()
    {
        var scope = new ScriptScope().Function("broken", _ => throw new InvalidOperationException("secret detail"));
        var outcome = Snippets.Run("try:\n    broken()\nexcept:\n    return 1", scope);
        outcome.Succeeded.ShouldBeFalse();
        outcome.Error!.Message.ShouldNotContain("secret");
        outcome.Error.Fault.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void Functions_see_their_callers_variables_state_and_log()
    {
        IReadOnlyDictionary<string, object?>? locals = null;
        object? state = null;
        var scope = new ScriptScope { State = "mine" }.Function("ak_create_event", call =>
        {
            locals = call.Locals;
            state = call.State;
            call.Log("info", $"{call[0]} {string.Join(',', call.Keywords.Select(k => k.Key))} line {call.Position.Line}");
            return true;
        });
        var outcome = Snippets.Run("x = 5\ny = 'b'\nprint('hello', x)\nak_create_event('a', user=1, b=2)\nz = 1", scope);
        outcome.Succeeded.ShouldBeTrue();
        locals!["x"].ShouldBe(5L);
        locals.ContainsKey("z").ShouldBeFalse();
        state.ShouldBe("mine");
        outcome.Log.Select(l => (l.Level, l.Message, l.Line)).ShouldBe([("print", "hello 5", 3), ("info", "a user,b line 4", 4)]);
    }

    [Fact]
    public void Modules_of_the_host_are_imported()
    {
        var scope = new ScriptScope()
            .Module(new HostModule("authentik.core.models").Set("USER_ATTRIBUTE_CHANGE_EMAIL", "goauthentik.io/user/can-change-email").Set("User", new Person()))
            .Module(new HostModule("django.utils.translation").Function("gettext", call => call[0]));
        var source = """
            from authentik.core.models import (
                USER_ATTRIBUTE_CHANGE_EMAIL,
                User as U,
            )
            from django.utils.translation import gettext as _
            import authentik.core.models as m
            return USER_ATTRIBUTE_CHANGE_EMAIL, U.name, _("text"), m.USER_ATTRIBUTE_CHANGE_EMAIL == USER_ATTRIBUTE_CHANGE_EMAIL
            """;
        Snippets.Show(source, scope).ShouldBe("('goauthentik.io/user/can-change-email', 'Jane', 'text', True)");
        Snippets.Show("from authentik.core.models import Nope", scope).ShouldBe("ImportError: cannot import name 'Nope' from 'authentik.core.models'");
    }

    [Fact]
    public void Converts_both_ways()
    {
        var json = JsonNode.Parse("""{"a":[1,2.5,null,true,"x",{"b":123456789012345678901234567890}]}""")!;
        var scope = new ScriptScope().Set("data", json).Set("day", new DateOnly(2024, 1, 2)).Set("id", Guid.Parse("12345678-1234-5678-1234-567812345678"))
            .Set("ip", System.Net.IPAddress.Parse("10.0.0.1")).Set("when", new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero)).Set("bytes", new byte[] { 97 });
        Snippets.Show("return data['a'][5]['b'] + 1, str(day), str(id), ip.is_private, when.isoformat(), bytes", scope)
            .ShouldBe("(123456789012345678901234567891, '2024-01-02', '12345678-1234-5678-1234-567812345678', True, '2024-01-02T03:04:05+00:00', b'a')");
        var value = Snippets.Run("return {'a': [1, 2.5, None, True], 'b': (1, 'x'), 'c': {'d': data}}", scope).Value;
        ScriptValue.ToJson(value)!.ToJsonString().ShouldBe("""{"a":[1,2.5,null,true],"b":[1,"x"],"c":{"d":{"a":[1,2.5,null,true,"x",{"b":123456789012345678901234567890}]}}}""");
        ((IDictionary<string, object?>)ScriptValue.ToPlain(value)!)["a"].ShouldBeOfType<List<object?>>().ShouldBe([1L, 2.5, null, true]);
    }

    [Fact]
    public void A_body_that_yields_gives_a_list()
    {
        var outcome = Snippets.Run("for group in ['a', 'b']:\n    yield group");
        outcome.IsGenerator.ShouldBeTrue();
        ScriptValue.Represent(outcome.Value).ShouldBe("['a', 'b']");
    }

    [Fact]
    public void Names_the_host_gave_can_be_assigned()
    {
        var scope = new ScriptScope().Set("user", "jane");
        Snippets.Run("user = user + '!'\nreturn user", scope).Value.ShouldBe("jane!");
        scope.TryGet("user", out var user).ShouldBeTrue();
        user.ShouldBe("jane");
    }

    [Fact]
    public void Traces_variables_by_line()
    {
        var outcome = Snippets.Run("x = 1\nfor i in range(2):\n    x += i\nreturn x", run: Snippets.Patient with { TraceVariables = true });
        outcome.Variables.Select(v => $"{v.Line} {v.Name}={v.Value}").ShouldBe(["1 x=1", "2 i=0", "3 x=1", "2 i=1", "3 x=2"]);
    }

    [Fact]
    public void Errors_carry_place_and_trace()
    {
        var outcome = Snippets.Run("def f(x):\n    return x.name\n\nreturn f(None)");
        outcome.Error!.ToString().ShouldBe("AttributeError: 'NoneType' object has no attribute 'name' (line 2, column 14)");
        outcome.Error.Trace.Select(t => (t.Function, t.Line)).ShouldBe([("f", 2), ("<expression>", 4)]);
    }

    [Fact]
    public async Task One_script_runs_on_many_threads()
    {
        var script = Snippets.Compile("import re\ndef f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nreturn f(n), re.sub('a', 'b', text), f'{n:>4}'");
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, async (i, token) =>
        {
            var outcome = await script.RunAsync(new ScriptScope().Set("n", i % 10).Set("text", "a" + i), Snippets.Patient, token);
            ((ScriptTuple)outcome.Value!)[1].ShouldBe("b" + i);
        });
    }
}
