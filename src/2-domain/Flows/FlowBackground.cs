namespace Postern.Flows;

/// <summary>The picture behind a flow's pages.</summary>
public static class FlowBackground
{
    /// <summary>The one shown when neither flow nor brand names another.</summary>
    public const string Standard = "/static/dist/assets/images/flow_background.jpg";

    const string Theme = "%(theme)s";

    /// <summary>One address per theme, where the path has a place for it.</summary>
    internal static object? Themed(Flow flow) => flow.Background.Contains(Theme, StringComparison.Ordinal)
        ? new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["light"] = flow.Background.Replace(Theme, "light", StringComparison.Ordinal),
            ["dark"] = flow.Background.Replace(Theme, "dark", StringComparison.Ordinal),
        }
        : null;
}
