using System.Text.Json.Serialization;

namespace Postern.Licensing;

/// <summary>What the header of a key says (RFC 7515 section 4.1).</summary>
sealed record LicenseHeader(
    [property: JsonPropertyName("alg")] string? Algorithm,
    [property: JsonPropertyName("x5c")] IReadOnlyList<string>? Certificates);
