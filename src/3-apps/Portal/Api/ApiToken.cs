using System.Security.Cryptography;
using System.Text;

namespace Postern.Portal.Api;

/// <summary>Lets a program act for an organization, within its scopes and until a day. Only its hash is kept.</summary>
public sealed class ApiToken
{
    /// <summary>Tells the portal's tokens from others, for people and for scanners of leaked secrets.</summary>
    public const string Prefix = "ppt_";

    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid OrganizationId { get; set; }

    public string Name { get; set; } = "";

    public byte[] TokenHash { get; set; } = [];

    public List<string> Scopes { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>What tokens may do.</summary>
static class Scopes
{
    /// <summary>List licenses and fetch their keys.</summary>
    public const string LicenseRead = "license:read";

    /// <summary>Report the numbers of users of an installation.</summary>
    public const string UsageWrite = "usage:write";

    public static readonly IReadOnlyList<string> All = [LicenseRead, UsageWrite];
}
