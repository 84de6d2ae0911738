using Postern.Policies.Engine;
using Postern.Storage.Kinds;

namespace Postern.Sources;

/// <summary>A place elsewhere that people sign in with. What all sources have in common; each kind derives from it.</summary>
public class Source : Configured
{
    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public bool Enabled { get; set; } = true;

    /// <summary>Shown as a wide button above the others.</summary>
    public bool Promoted { get; set; }

    /// <summary>What somebody passes who is known here; nobody of those gets in without one.</summary>
    public Guid? AuthenticationFlow { get; set; }

    /// <summary>What somebody passes who is new here; nobody of those gets in without one.</summary>
    public Guid? EnrollmentFlow { get; set; }

    public PolicyEngineMode PolicyEngineMode { get; set; } = PolicyEngineMode.Any;

    public UserMatchingMode UserMatchingMode { get; set; } = UserMatchingMode.Identifier;

    /// <summary>Folder of the accounts that come of it; <c>%(slug)s</c> stands for the source's.</summary>
    public string UserPathTemplate { get; set; } = "goauthentik.io/sources/%(slug)s";

    public string Icon { get; set; } = "";

    public List<Guid> UserPropertyMappings { get; set; } = [];

    public List<Guid> GroupPropertyMappings { get; set; } = [];

    /// <summary>Name under which blueprints manage it.</summary>
    public string? Managed { get; set; }

    public string UserPath => UserPathTemplate.Replace("%(slug)s", Slug, StringComparison.Ordinal);

    /// <summary>Where a button of it leads; null for a source that nobody signs in with by a button.</summary>
    public virtual string? LoginPath => null;

    /// <summary>Name by which the interface knows its row in somebody's settings.</summary>
    public virtual string SettingsComponent => "";
}

/// <summary>How it is told whether somebody has an account here already.</summary>
public enum UserMatchingMode
{
    Identifier,
    EmailLink,
    EmailDeny,
    UsernameLink,
    UsernameDeny,
}

/// <summary>How it is told whether a group is here already.</summary>
public enum GroupMatchingMode
{
    Identifier,
    NameLink,
    NameDeny,
}
