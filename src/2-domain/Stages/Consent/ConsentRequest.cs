using Postern.Flows.Plans;
using Postern.Flows.Running;

namespace Postern.Stages.Consent;

/// <summary>What consent is asked for; whoever began the flow put it into the plan.</summary>
sealed record ConsentRequest(string Header, Guid? Application, IReadOnlyList<ConsentPermission> Permissions)
{
    const string ApplicationKey = "application_pk";

    public static ConsentRequest Of(StageRun run) => new(
        run.Context.Text("consent_header") ?? "",
        run.Context.TryGetValue(ApplicationKey, out var pk) && pk is Guid application ? application : null,
        run.Context.TryGetValue("consent_permissions", out var list) && list is IEnumerable<object?> permissions
            ? [.. permissions.OfType<IDictionary<string, object?>>().Select(p => new ConsentPermission(p["id"]?.ToString() ?? "", p["name"]?.ToString() ?? ""))]
            : []);
}

/// <summary>One thing consented to.</summary>
sealed record ConsentPermission(string Id, string Name);
