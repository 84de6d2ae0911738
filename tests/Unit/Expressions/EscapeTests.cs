using Postern.Expressions;

namespace Postern.Tests.Unit.Expressions;

/// <summary>Attempts to leave the sandbox or to exhaust the process; each ends in a clear refusal, within the default budget.</summary>
[Trait("Fault", "F19")]
public sealed class EscapeTests
{
    /// <summary>On a busy machine the usual time may be over before the bound that is tried.</summary>
    private static readonly ScriptRun Patient = new() { Budget = ScriptBudget.Default with { WallTime = TimeSpan.FromSeconds(20) } };

    private sealed class Host : HostObject
    {
        private static readonly HostMembers<Host> Members = new HostMembers<Host>().Property("name", _ => "host");

        public override string TypeName => "Host";

        protected internal override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);
    }

    public static TheoryData<string, string, string, string> Attempts()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Expressions", "escapes.txt")))
        {
            // Some sources hold a bar of their own, so the name is cut from the front and the expectation from the end.
            var parts = line.Split(" | ");
            data.Add(parts[0], string.Join(" | ", parts[1..^2]).Replace('~', '\n'), parts[^2], parts[^1].Trim());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public void Is_refused(string name, string source, string expected, string message)
    {
        name.ShouldNotBeEmpty();
        var compilation = Script.Compile(source);
        if (expected is "syntax")
        {
            compilation.Succeeded.ShouldBeFalse();
            compilation.Diagnostics[0].Message.ShouldContain(message);
            compilation.Diagnostics[0].Line.ShouldBeGreaterThan(0);
            return;
        }

        compilation.Succeeded.ShouldBeTrue(compilation.ErrorMessage);
        var scope = new ScriptScope().Set("host", new Host());
        var before = GC.GetTotalMemory(forceFullCollection: false);
        var outcome = compilation.Script!.Run(scope, Patient, TestContext.Current.CancellationToken);
        (GC.GetTotalMemory(forceFullCollection: false) - before).ShouldBeLessThan(50 * 1024 * 1024);
        outcome.Succeeded.ShouldBeFalse();
        outcome.Error!.Fault.ShouldBeNull();
        outcome.Error.Message.ShouldContain(message);
        switch (expected)
        {
            case "any":
                outcome.Error.Kind.ShouldBe(ScriptErrorKind.Budget, outcome.Error.ToString());
                break;
            case "memory":
                outcome.Error.Budget.ShouldBe(BudgetKind.Memory, outcome.Error.ToString());
                break;
            case "output":
                outcome.Error.Budget.ShouldBe(BudgetKind.Output, outcome.Error.ToString());
                break;
            default:
                outcome.Error.TypeName.ShouldBe(expected);
                break;
        }
    }
}
