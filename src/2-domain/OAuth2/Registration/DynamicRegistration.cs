using Postern.Policies.Engine;

namespace Postern.OAuth2.Registration;

/// <summary>Lets people register further applications beside one, as programs do by themselves (RFC 7591). Where there is none, nobody registers anything.</summary>
public sealed class DynamicRegistration
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    /// <summary>The provider whose application's users may register; new providers are like it.</summary>
    public int ProviderId { get; set; }

    /// <summary>Heading that registered applications stand under on My applications.</summary>
    public string DefaultApplicationGroup { get; set; } = "";

    public Guid? OverrideAuthorizationFlow { get; set; }

    public Guid? OverrideInvalidationFlow { get; set; }

    /// <summary>What registered applications are told about people; what the provider's own is told where empty.</summary>
    public List<Guid> OverridePropertyMappings { get; set; } = [];

    public string AccessTokenValidity { get; set; } = "hours=1";

    public string RefreshTokenValidity { get; set; } = "days=30";

    /// <summary>What registered applications may do; what the provider itself may do where empty.</summary>
    public List<string> AllowedGrantTypes { get; set; } = [];

    public PolicyEngineMode PolicyEngineMode { get; set; } = PolicyEngineMode.Any;
}
