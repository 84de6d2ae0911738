using Postern.Policies.Engine;

namespace Postern.Tests.Unit.Policies.Engine;

public sealed class PolicyEngineTests
{
    static readonly Guid Staff = Guid.NewGuid();
    static readonly Guid Others = Guid.NewGuid();

    // p/f: a policy that passes/fails, capital: negated; x: cannot decide, X: cannot decide but its failure result is true;
    // g/h: a group the user is in/is not in, u/v: the user/another user, capital: negated.
    [Theory]
    [InlineData("", true, true)]
    [InlineData("p", true, true)]
    [InlineData("f", false, false)]
    [InlineData("P", false, false)]
    [InlineData("F", true, true)]
    [InlineData("x", false, false)]
    [InlineData("X", true, true)]
    [InlineData("pf", true, false)]
    [InlineData("pp", true, true)]
    [InlineData("ff", false, false)]
    [InlineData("fF", true, false)]
    [InlineData("px", true, false)]
    [InlineData("fX", true, false)]
    [InlineData("g", true, true)]
    [InlineData("h", false, false)]
    [InlineData("G", false, false)]
    [InlineData("H", true, true)]
    [InlineData("u", true, true)]
    [InlineData("v", false, false)]
    [InlineData("V", true, true)]
    [InlineData("gh", true, false)]
    [InlineData("gu", true, true)]
    [InlineData("hv", false, false)]
    [InlineData("pg", true, true)]
    [InlineData("ph", true, false)]
    [InlineData("fg", true, false)]
    [InlineData("fh", false, false)]
    [InlineData("FHX", true, true)]
    public async Task Modes_combine_policies_and_memberships(string bound, bool any, bool all)
    {
        (await Bound(bound).EvaluateAsync(PolicyEngineMode.Any, EngineBench.RequestOf(7, Staff))).Passing.ShouldBe(any);
        (await Bound(bound).EvaluateAsync(PolicyEngineMode.All, EngineBench.RequestOf(7, Staff))).Passing.ShouldBe(all);
    }

    [Theory]
    [InlineData("g", false)]
    [InlineData("u", false)]
    [InlineData("G", true)]
    [InlineData("U", true)]
    public async Task Nobody_is_in_no_group_so_only_negated_memberships_pass(string bound, bool passing) =>
        (await Bound(bound).EvaluateAsync(PolicyEngineMode.All, EngineBench.RequestOf(user: 0))).Passing.ShouldBe(passing);

    [Fact]
    public async Task Nothing_bound_passes_and_says_so()
    {
        var result = await new EngineBench().EvaluateAsync(PolicyEngineMode.All);
        result.Passing.ShouldBeTrue();
        result.NothingBound.ShouldBeTrue();
    }

    [Fact]
    public async Task Disabled_bindings_do_not_count()
    {
        var result = await new EngineBench().Bind(ScriptedPolicy.Saying(passing: false, "no"), b => b.Enabled = false).EvaluateAsync(PolicyEngineMode.All);
        result.Passing.ShouldBeTrue();
        result.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_policy_runs_in_order_and_messages_of_passing_ones_are_kept()
    {
        var result = await new EngineBench()
            .Bind(ScriptedPolicy.Saying(passing: false, "third"), b => b.Order = 30)
            .Bind(ScriptedPolicy.Saying(passing: true, "first", "more"), b => b.Order = -5)
            .Bind(ScriptedPolicy.Saying(passing: false, "second"), b => b.Order = 10)
            .EvaluateAsync(PolicyEngineMode.Any);
        result.Passing.ShouldBeTrue();
        result.Messages.ShouldBe(["first", "more", "second", "third"]);
    }

    [Fact]
    public async Task Negation_leaves_messages_alone() =>
        (await new EngineBench().Bind(ScriptedPolicy.Saying(passing: true, "text"), b => b.Negate = true).EvaluateAsync(PolicyEngineMode.Any))
            .Messages.ShouldBe(["text"]);

    [Fact]
    public async Task Negation_does_not_turn_a_failure_result_round()
    {
        var result = await new EngineBench().Bind(ScriptedPolicy.Failing("broken"), b => b.Negate = true).EvaluateAsync(PolicyEngineMode.All);
        result.Passing.ShouldBeFalse();
        result.Messages.ShouldBe(["broken"]);
    }

    [Fact]
    public async Task A_failure_is_recorded_and_its_text_is_the_message()
    {
        var bench = new EngineBench().Bind(ScriptedPolicy.Failing("name 'x' is not defined"));
        (await bench.EvaluateAsync(PolicyEngineMode.All)).Messages.ShouldBe(["name 'x' is not defined"]);
        bench.Failures.ShouldBe(["name 'x' is not defined"]);
    }

    [Fact]
    public async Task A_bug_in_a_policy_counts_as_failure_without_showing_its_insides()
    {
        var bench = new EngineBench().Bind(ScriptedPolicy.Throwing(), b => b.FailureResult = true);
        var result = await bench.EvaluateAsync(PolicyEngineMode.All);
        result.Passing.ShouldBeTrue();
        result.Messages.ShouldHaveSingleItem().ShouldNotContain("internal detail");
        bench.Failures.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_policy_that_outlives_its_timeout_is_stopped_and_fails()
    {
        var endless = new ScriptedPolicy
        {
            Decide = static async (_, cancellation) =>
            {
                await Task.Delay(Timeout.Infinite, cancellation);
                return PolicyVerdict.Of(passing: true);
            },
        };
        var result = await new EngineBench { Clock = new HastyClock() }.Bind(endless, b => b.Timeout = 3).EvaluateAsync(PolicyEngineMode.All);
        result.Passing.ShouldBeFalse();
        result.Messages.ShouldBe(["The policy did not decide within 3 seconds."]);
    }

    [Fact]
    public async Task The_askers_own_cancellation_is_no_verdict()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var waiting = new ScriptedPolicy { Decide = static async (_, c) => { await Task.Delay(Timeout.Infinite, c); return PolicyVerdict.Of(passing: true); } };
        var engine = new EngineBench().Bind(waiting, b => b.FailureResult = true).Engine();
        await Should.ThrowAsync<OperationCanceledException>(async () => await engine.EvaluateAsync(EngineBench.Target, PolicyEngineMode.Any, EngineBench.RequestOf(1), gone.Token));
    }

    [Fact]
    public async Task What_one_policy_writes_to_the_context_the_next_one_and_the_asker_see()
    {
        var writer = new ScriptedPolicy { Name = "writer", Decide = static (r, _) => { r.Context["seen"] = 1; return Task.FromResult(PolicyVerdict.Of(passing: true)); } };
        var reader = new ScriptedPolicy { Name = "reader", Decide = static (r, _) => Task.FromResult(PolicyVerdict.Of(r.Context.ContainsKey("seen"))) };
        var request = EngineBench.RequestOf(7);
        (await new EngineBench().Bind(writer).Bind(reader).EvaluateAsync(PolicyEngineMode.All, request)).Passing.ShouldBeTrue();
        request.Context["seen"].ShouldBe(1);
    }

    [Fact]
    public async Task Executions_are_recorded_only_where_asked_and_never_in_a_trial()
    {
        var loud = ScriptedPolicy.Saying(passing: true);
        loud.ExecutionLogging = true;
        var bench = new EngineBench().Bind(loud, b => b.Negate = true).Bind(ScriptedPolicy.Saying(passing: true));
        await bench.EvaluateAsync(PolicyEngineMode.All);
        bench.Executions.ShouldBe([(loud.Name, false)]);

        await bench.EvaluateAsync(PolicyEngineMode.All, new PolicyRequest { Debug = true });
        bench.Executions.Count.ShouldBe(1);
    }

    static EngineBench Bound(string bound)
    {
        var bench = new EngineBench();
        foreach (var letter in bound)
        {
            var negate = char.IsUpper(letter);
            _ = char.ToLowerInvariant(letter) switch
            {
                'p' => bench.Bind(ScriptedPolicy.Saying(passing: true), b => b.Negate = negate),
                'f' => bench.Bind(ScriptedPolicy.Saying(passing: false), b => b.Negate = negate),
                'x' => bench.Bind(ScriptedPolicy.Failing("broken"), b => b.FailureResult = negate),
                'g' => bench.BindGroup(Staff, b => b.Negate = negate),
                'h' => bench.BindGroup(Others, b => b.Negate = negate),
                'u' => bench.BindUser(7, b => b.Negate = negate),
                'v' => bench.BindUser(8, b => b.Negate = negate),
                _ => throw new ArgumentException($"No binding for {letter}", nameof(bound)),
            };
        }
        return bench;
    }

    /// <summary>Its timers fire at once.</summary>
    sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
