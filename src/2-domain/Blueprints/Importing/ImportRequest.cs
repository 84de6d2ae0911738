using System.Text.Json.Nodes;
using Postern.Kernel.Access;

namespace Postern.Blueprints.Importing;

/// <summary>A blueprint to apply, for whom, and how.</summary>
/// <param name="Blueprint">What was read.</param>
/// <param name="Caller">Who needs the permissions on the models; the product itself needs none.</param>
public sealed record ImportRequest(Blueprint Blueprint, Caller Caller)
{
    /// <summary>Context values of the instance or of the call; they win over the blueprint's own.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>Do everything and take it back: the report is the plan.</summary>
    public bool DryRun { get; init; }

    /// <summary>The blueprint comes with the installation, so it may read the allowed environment variables and files of the server.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The instance that is applied, so that it is not applied again inside itself.</summary>
    public Guid? Instance { get; init; }

    /// <summary>Instances that need not be applied again when this one asks for them, because they just were.</summary>
    public IReadOnlySet<Guid> Fresh { get; init; } = new HashSet<Guid>();
}
