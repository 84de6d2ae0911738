namespace Postern.Policies.EventMatcher;

/// <summary>Passes events that fit every criterion set.</summary>
public sealed class EventMatcherPolicy : Policy
{
    public string? Action { get; set; }

    /// <summary>Exact address.</summary>
    public string? ClientIp { get; set; }

    /// <summary>Part of the product that wrote the event.</summary>
    public string? App { get; set; }

    /// <summary>Wire name of the kind of object the event is about.</summary>
    public string? Model { get; set; }

    /// <summary>A query over events.</summary>
    public string? Query { get; set; }

    /// <summary>Whether two names are of one part: clients write dots, kinds underscores, as in <c>authentik.core</c> and <c>authentik_core</c>.</summary>
    public static bool SameApp(string? wanted, string written) => string.Equals(wanted?.Replace('_', '.'), written.Replace('_', '.'), StringComparison.Ordinal);

    /// <summary>Every criterion was emptied, rather than left out.</summary>
    internal bool IsBlank => new[] { Action, ClientIp, App, Model, Query }.All(c => c is "");
}
