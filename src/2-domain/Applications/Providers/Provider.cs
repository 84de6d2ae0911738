using Postern.Storage.Kinds;

namespace Postern.Applications.Providers;

/// <summary>How an application learns who somebody is (OAuth2, ...). What all providers have in common; each kind derives from it.</summary>
public class Provider : Configured
{
    /// <summary>The number by which clients know a provider.</summary>
    public int Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary>Flow for people who are not signed in yet; the brand's where null.</summary>
    public Guid? AuthenticationFlow { get; set; }

    public Guid? AuthorizationFlow { get; set; }

    public Guid? InvalidationFlow { get; set; }

    public List<Guid> PropertyMappings { get; set; } = [];

    /// <summary>Where the application is, as far as its provider knows; for applications without a launch URL of their own.</summary>
    public virtual string? LaunchUrl => null;
}
