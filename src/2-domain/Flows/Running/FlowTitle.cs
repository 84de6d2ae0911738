using Postern.Flows.Plans;

namespace Postern.Flows.Running;

/// <summary>A flow's heading with the application and the person filled in.</summary>
static class FlowTitle
{
    public static string Of(Flow flow, PlanContext context, string user)
    {
        var application = context.TryGetValue(PlanContext.ApplicationKey, out var value) ? value?.ToString() ?? "" : "";
        return flow.Title.Replace("%(app)s", application, StringComparison.Ordinal).Replace("%(user)s", user, StringComparison.Ordinal)
            .Replace("%%", "%", StringComparison.Ordinal);
    }
}
