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

    /// <summary>Every criterion was emptied, rather than left out.</summary>
    internal bool IsBlank => new[] { Action, ClientIp, App, Model, Query }.All(c => c is "");
}
