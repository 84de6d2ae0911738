using System.Text.Json.Nodes;
using Postern.Kernel;

namespace Postern.Events.Chain;

/// <summary>Signs what leaves the audit log, with a key pair of the installation; the keys slice implements it.</summary>
public interface ISignAudit
{
    /// <summary>A compact JWS over the payload, by the pair of this name, or by the installation's own where none is named. Invalid where there is no such pair.</summary>
    Task<Result<string>> SignAsync(JsonObject payload, string? pair, CancellationToken cancellation);

    /// <summary>The payload of a signed text; null where none of the installation's pairs signed it.</summary>
    Task<JsonObject?> OpenAsync(string signed, CancellationToken cancellation);
}
