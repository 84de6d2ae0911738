using Postern.Applications.Access;
using Postern.Directory.Groups;
using Postern.Pages;
using Postern.Policies.Engine;
using Postern.Rbac.Grants;

namespace Postern.Web.Admin.Explain;

/// <summary>What to change so that a decision about somebody turns out the other way.</summary>
/// <param name="Lead">How the steps belong together; empty for a single one.</param>
/// <param name="Steps">Each with the page where it is done.</param>
public sealed record Advice(string Lead, IReadOnlyList<PageLink> Steps)
{
    /// <summary>About an application.</summary>
    public static Advice Of(AccessReport report, IReadOnlyList<BindingLine> lines, IReadOnlyDictionary<Guid, IReadOnlyList<GroupName>> ways)
    {
        var (name, application) = (report.User.Username, $"/if/admin/applications/applications/{report.Application.Slug}/");
        if (report.Result.NothingBound)
            return new Advice("", [new PageLink(report.Result.Passing ? "Bind a group, a user or a policy: then only those may use it whom it lets pass" : $"Bind a group that {name} is in, a policy, or {name}", application)]);
        var deciding = lines.Where(l => l.Passing == report.Result.Passing).Select(l => Step(l, report.User, ways, application)).DistinctBy(s => s.Name).ToList();
        // One that passes is enough in one mode, one that does not in the other.
        var one = report.Application.PolicyEngineMode is PolicyEngineMode.Any != report.Result.Passing;
        var lead = deciding.Count < 2 ? "" : (report.Result.Passing, one) switch
        {
            (true, true) => "Any of these takes the access away:",
            (true, false) => "Only all of these take the access away:",
            (false, true) => "Any of these gives access:",
            _ => "Only all of these give access:",
        };
        return new Advice(lead, deciding);
    }

    /// <summary>About a permission.</summary>
    public static Advice Of(RightExplanation right)
    {
        var user = $"/if/admin/directory/users/{right.User.Pk}/";
        if (!right.User.IsActive)
            return new Advice("", [new PageLink($"Activate {right.User.Username}: whoever is not active may do nothing", user)]);
        if (!right.Allowed && right.Others.Count == 0)
            return new Advice("", [new PageLink($"Give the permission to a role, and the role to {right.User.Username}: no role holds it", "/if/admin/directory/roles/")]);
        if (!right.Allowed)
            return new Advice(right.Others.Count > 1 ? "Any of these gives the permission:" : "", [.. right.Others.Select(r => new PageLink($"Assign the role {r.Name}, or add {right.User.Username} to a group that has it", $"{user}?tab=roles"))]);
        var steps = right.Superuser.Select(way => new PageLink($"Take {right.User.Username} out of the group {way[0].Name}, whose members may do everything", $"{user}?tab=groups"))
            .Concat(right.Sources.SelectMany(s => s.Ways.Select(way => way.Count == 0
                ? new PageLink($"Take the role {s.Role.Name} from {right.User.Username}", $"{user}?tab=roles")
                : new PageLink($"Take {right.User.Username} out of the group {way[0].Name}, or the role {s.Role.Name} from the group {way[^1].Name}", $"{user}?tab=groups"))))
            .DistinctBy(s => s.Name).ToList();
        return right.Owns ? new Advice("", [new PageLink("Nothing takes it away: people may do this with what they own")]) : new Advice(steps.Count > 1 ? "Only all of these take the permission away:" : "", steps);
    }

    static PageLink Step(BindingLine line, Directory.Users.User user, IReadOnlyDictionary<Guid, IReadOnlyList<GroupName>> ways, string application)
    {
        if (line.Binding.PolicyPk is { } policy)
            return new PageLink($"Change what the policy {line.Name} says: try it for {user.Username}", $"/if/admin/customization/policies/{policy}/test/");
        if (line.Binding.GroupPk is not { } group)
            return new PageLink(line.Passing == line.Binding.Negate ? $"Bind {user.Username} as well" : $"Change the binding of {line.Name}", application);
        var groups = $"/if/admin/directory/users/{user.Pk}/?tab=groups";
        return ways.TryGetValue(group, out var way)
            ? new PageLink($"Take {user.Username} out of the group {way[0].Name}", groups)
            : new PageLink($"Add {user.Username} to the group {line.Name}", groups);
    }
}
