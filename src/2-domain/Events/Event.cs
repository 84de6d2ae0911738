using System.Text.Json.Nodes;

namespace Postern.Events;

/// <summary>Something that happened: who did what, from where, and when. What the product wrote itself never changes.</summary>
public sealed class Event
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    /// <summary>Copy of the actor as it was: <c>username</c>, <c>pk</c>, <c>email</c>; <see cref="EventActor"/> makes it.</summary>
    public JsonObject User { get; set; } = [];

    /// <summary>Wire name of an <see cref="EventAction"/>, or <c>custom_</c> and a name of one's own.</summary>
    public string Action { get; set; } = "";

    /// <summary>The part of the product that wrote it.</summary>
    public string App { get; set; } = "";

    /// <summary>What belongs to the action; cleansed of secrets before it is stored.</summary>
    public JsonObject Context { get; set; } = [];

    public string? ClientIp { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Expires { get; set; }

    /// <summary>Copy of the brand of the request: <c>pk</c>, <c>app</c>, <c>name</c>, <c>model_name</c>.</summary>
    public JsonObject Brand { get; set; } = [];

    /// <summary>Written through the API by somebody else's program; only these may be changed or deleted.</summary>
    public bool FromOutside { get; set; }
}
