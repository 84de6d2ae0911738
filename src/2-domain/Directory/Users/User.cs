using System.Text.Json.Nodes;

namespace Postern.Directory.Users;

/// <summary>A person or machine that can sign in.</summary>
public sealed class User
{
    /// <summary>Username of the row that stands for nobody; hidden from every list.</summary>
    public const string AnonymousUsername = "AnonymousUser";

    /// <summary>Folder of users that were put nowhere else.</summary>
    public const string DefaultPath = "users";

    public int Pk { get; set; }

    public Guid Uuid { get; set; } = Guid.NewGuid();

    public string Username { get; set; } = "";

    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    /// <summary>Folder: names joined by <c>/</c>.</summary>
    public string Path { get; set; } = DefaultPath;

    public UserType Type { get; set; } = UserType.Internal;

    public bool IsActive { get; set; } = true;

    public JsonObject Attributes { get; set; } = [];

    /// <summary>Encoded hash <c>algorithm$iterations$salt$hash</c>; starting with <c>!</c> no password fits.</summary>
    public string Password { get; set; } = "!";

    public DateTimeOffset PasswordChangeDate { get; set; }

    public DateTimeOffset? LastLogin { get; set; }

    public DateTimeOffset DateJoined { get; set; }

    public DateTimeOffset LastUpdated { get; set; }

    /// <summary>Since when the user is in the recycle bin; null for those who are not.</summary>
    public DateTimeOffset? BinnedOn { get; set; }

    /// <summary>Username of who put them there.</summary>
    public string? BinnedBy { get; set; }

    /// <summary>Whether they were active before.</summary>
    public bool? BinnedActive { get; set; }

    /// <summary>What proved the user's identity in the running flow; kept with the flow's plan, not with the user.</summary>
    public string? Backend { get; set; }

    /// <summary>Direct memberships; filled only where a use case asks for them.</summary>
    public List<Guid> Groups { get; set; } = [];

    /// <summary>Direct roles; filled only where a use case asks for them.</summary>
    public List<Guid> Roles { get; set; } = [];
}

/// <summary>What a user stands for.</summary>
public enum UserType
{
    Internal,
    External,
    ServiceAccount,
    InternalServiceAccount,
}
