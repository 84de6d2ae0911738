using System.Text.Json.Serialization;

namespace Postern.Licensing;

/// <summary>The claims of a licence key; times are unix seconds, unknown claims are ignored.</summary>
public sealed record LicenseDocument
{
    /// <summary>Whom the licence is for, as <see cref="LicenseAudience.Of"/> writes it.</summary>
    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    /// <summary>The moment the licence ends.</summary>
    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    /// <summary>The moment of signing; the certificates are judged as of then.</summary>
    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    /// <summary>The moment the licence begins; without it, when it was signed.</summary>
    [JsonPropertyName("nbf")]
    public long? NotBefore { get; init; }

    /// <summary>The licence; every key of one licence carries the same.</summary>
    [JsonPropertyName("jti")]
    public Guid? Id { get; init; }

    /// <summary>Counts the keys issued for one licence, from 1.</summary>
    [JsonPropertyName("rev")]
    public int Revision { get; init; } = 1;

    /// <summary>What its owner calls it.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>How many active internal users it allows.</summary>
    [JsonPropertyName("internal_users")]
    public long InternalUsers { get; init; }

    /// <summary>How many active external users it allows.</summary>
    [JsonPropertyName("external_users")]
    public long ExternalUsers { get; init; }

    /// <summary>What kind of use it is for; see <see cref="LicenseFlag"/>.</summary>
    [JsonPropertyName("license_flags")]
    public IReadOnlyList<LicenseFlag> Flags { get; init; } = [];
}

/// <summary>Marks a licence that is not for ordinary production.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LicenseFlag>))]
public enum LicenseFlag
{
    [JsonStringEnumMemberName("trial")]
    Trial,

    [JsonStringEnumMemberName("non_production")]
    NonProduction,
}
