using System.Text.Json.Nodes;
using Postern.Kernel.Access;

namespace Postern.Api.Http;

/// <summary>The brand of the host that a request asks, as a feature of the request; whoever sent it is told with it.</summary>
/// <param name="Name">For audit records.</param>
/// <param name="Attributes">Lie below those of groups and users.</param>
public sealed record RequestBrand(ObjectName Name, JsonObject Attributes);
