using Postern.Policies.Engine;

namespace Postern.Applications;

/// <summary>Something people use that trusts this installation to tell who they are.</summary>
public sealed class Application
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    /// <summary>Heading it stands under on My applications.</summary>
    public string Group { get; set; } = "";

    /// <summary>The provider people sign in through; one provider serves one application.</summary>
    public int? ProviderId { get; set; }

    /// <summary>Providers that serve it without people seeing them.</summary>
    public List<int> BackchannelProviders { get; set; } = [];

    /// <summary>Address to open; may hold placeholders such as <c>%(username)s</c>; the provider's where empty.</summary>
    public string MetaLaunchUrl { get; set; } = "";

    public bool OpenInNewTab { get; set; }

    /// <summary>Address or path of a picture, or <c>fa://</c> and the name of a symbol.</summary>
    public string MetaIcon { get; set; } = "";

    public string MetaDescription { get; set; } = "";

    public string MetaPublisher { get; set; } = "";

    /// <summary>Kept off My applications; access is as ever.</summary>
    public bool MetaHide { get; set; }

    public PolicyEngineMode PolicyEngineMode { get; set; } = PolicyEngineMode.Any;

    /// <summary>The name, for headings of flows.</summary>
    public override string ToString() => Name;
}
