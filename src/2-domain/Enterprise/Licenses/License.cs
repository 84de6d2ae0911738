namespace Postern.Enterprise.Licenses;

/// <summary>An installed licence key. All but the key is there to be listed; what counts is read from the verified key.</summary>
public sealed class License
{
    public Guid LicenseUuid { get; set; } = Guid.NewGuid();

    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    public DateTimeOffset Expiry { get; set; }

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }
}
