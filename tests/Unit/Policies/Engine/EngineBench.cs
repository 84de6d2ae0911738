using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Postern.Directory.Users;
using Postern.Policies;
using Postern.Policies.Bindings;
using Postern.Policies.Engine;
using Postern.Storage.Snapshots;

namespace Postern.Tests.Unit.Policies.Engine;

/// <summary>An engine over bindings a test puts together.</summary>
sealed class EngineBench : IPolicyJournal
{
    readonly List<PolicyBinding> bindings = [];
    readonly List<Policy> policies = [];

    public static readonly Guid Target = Guid.NewGuid();

    public List<string> Failures { get; } = [];

    public List<(string Policy, bool Passing)> Executions { get; } = [];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public EngineBench Bind(Policy policy, Action<PolicyBinding>? adjust = null)
    {
        policies.Add(policy);
        return Bind(new PolicyBinding { PolicyPk = policy.Pk }, adjust);
    }

    public EngineBench BindGroup(Guid group, Action<PolicyBinding>? adjust = null) => Bind(new PolicyBinding { GroupPk = group }, adjust);

    public EngineBench BindUser(int user, Action<PolicyBinding>? adjust = null) => Bind(new PolicyBinding { UserPk = user }, adjust);

    public async Task<PolicyResult> EvaluateAsync(PolicyEngineMode mode, PolicyRequest? request = null) =>
        await Engine().EvaluateAsync(Target, mode, request ?? RequestOf(user: 7), TestContext.Current.CancellationToken);

    /// <summary>A request of a user whose groups are known.</summary>
    public static PolicyRequest RequestOf(int user, params Guid[] groups)
    {
        var request = new PolicyRequest { User = user == 0 ? null : new User { Pk = user, Username = "someone" } };
        (request.Groups.User, request.Groups.Known) = (user, groups.ToHashSet());
        return request;
    }

    public PolicyEngine Engine()
    {
        var services = new ServiceCollection().AddSingleton<IPolicy<ScriptedPolicy>, ScriptedDoor>().BuildServiceProvider();
        var run = new RunPolicy(new PolicyDoors([new PolicyDoor<ScriptedPolicy>()], services), this, Clock, NullLogger<RunPolicy>.Instance);
        var picture = new PolicyPicture(policies, bindings);
        return new PolicyEngine(new SnapshotHub().Declare([], _ => Task.FromResult(picture)), run, new UserGroups(null!), places: null!);
    }

    public ValueTask FailedAsync(Policy policy, PolicyBinding? binding, PolicyRequest request, string message, CancellationToken cancellation)
    {
        Failures.Add(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask ExecutedAsync(Policy policy, PolicyBinding? binding, PolicyRequest request, PolicyOutcome outcome, CancellationToken cancellation)
    {
        Executions.Add((policy.Name, outcome.Passing));
        return ValueTask.CompletedTask;
    }

    EngineBench Bind(PolicyBinding binding, Action<PolicyBinding>? adjust)
    {
        binding.Target = Target;
        binding.Order = bindings.Count;
        adjust?.Invoke(binding);
        bindings.Add(binding);
        return this;
    }
}
