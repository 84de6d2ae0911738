using Microsoft.EntityFrameworkCore;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Policies.Bindings;
using Postern.Storage;

namespace Postern.Policies.Engine;

/// <summary>How each binding of a target decided, with the names of what is bound, in the order of the bindings.</summary>
public sealed class TraceBindings(PosternDb db)
{
    /// <summary>One line for each enabled binding; two statements at most.</summary>
    public async Task<IReadOnlyList<BindingLine>> OfAsync(PolicyResult result, CancellationToken cancellation)
    {
        var members = result.Outcomes.SelectMany(o => o.Members).ToList();
        List<Guid> groupKeys = [.. members.Select(m => m.Binding.GroupPk).OfType<Guid>()];
        List<int> userKeys = [.. members.Select(m => m.Binding.UserPk).OfType<int>()];
        var groups = groupKeys.Count == 0 ? [] : await db.Set<Group>().Where(g => groupKeys.Contains(g.Pk)).ToDictionaryAsync(g => g.Pk, g => g.Name, cancellation);
        var users = userKeys.Count == 0 ? [] : await db.Set<User>().Where(u => userKeys.Contains(u.Pk)).ToDictionaryAsync(u => u.Pk, u => u.Username, cancellation);
        var lines = result.Outcomes.Where(o => o.Binding is not null && o.Policy is not null)
            .Select(o => new BindingLine(o.Binding!, "policy", o.Policy!.Name, o.Passing, o.Verdict.Messages, o.Elapsed))
            .Concat(members.Select(m => m.Binding.GroupPk is { } group
                ? new BindingLine(m.Binding, "group", groups.GetValueOrDefault(group, ""), m.Passing, [], TimeSpan.Zero)
                : new BindingLine(m.Binding, "user", users.GetValueOrDefault(m.Binding.UserPk ?? 0, ""), m.Passing, [], TimeSpan.Zero)));
        return [.. lines.OrderBy(l => l.Binding.Order).ThenBy(l => l.Binding.Pk)];
    }
}

/// <summary>How one binding decided.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="What"><c>policy</c>, <c>group</c> or <c>user</c>.</param>
/// <param name="Name">Name of the policy or group, or the username.</param>
/// <param name="Passing">After negation and failure result.</param>
/// <param name="Messages">What a policy said.</param>
/// <param name="Elapsed">Time a policy took.</param>
public sealed record BindingLine(PolicyBinding Binding, string What, string Name, bool Passing, IReadOnlyList<string> Messages, TimeSpan Elapsed);
