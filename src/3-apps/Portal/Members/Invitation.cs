using System.Security.Cryptography;
using System.Text;
using Postern.Portal.Organizations;

namespace Postern.Portal.Members;

/// <summary>An offer to join an organization, made to an e-mail address; whoever holds the mailed link and signs in with that address may take it once.</summary>
public sealed class Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Most that may wait in one organization.</summary>
    public const int MostPending = 15;

    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid OrganizationId { get; set; }

    public string Email { get; set; } = "";

    public Role Role { get; set; }

    public byte[] TokenHash { get; set; } = [];

    public string InvitedBy { get; set; } = "";

    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public bool IsPending => AcceptedAt is null && RevokedAt is null;

    public bool IsOpen(DateTimeOffset now) => IsPending && now < ExpiresAt;

    public bool IsFor(string email) => string.Equals(Email, email, StringComparison.OrdinalIgnoreCase);

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
