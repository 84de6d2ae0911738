namespace Postern.Portal.Signing;

/// <summary>The vendor's authority that signs license keys; its private key is sealed under the portal's secret key.</summary>
sealed class KeyAuthority
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>The certificate to build into products.</summary>
    public string RootPem { get; set; } = "";

    public string Sealed { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}
