namespace Postern.Kernel.Settings;

/// <summary>The certificate of the addresses in <c>LISTEN__HTTPS</c>; without files the server makes one of its own.</summary>
/// <param name="Certificate"><c>TLS__CERTIFICATE</c>: PEM file of the certificate and of those that vouch for it.</param>
/// <param name="Key"><c>TLS__KEY</c>: PEM file of its private key.</param>
public sealed record TlsSettings(string Certificate, string Key)
{
    public static TlsSettings? Read(SettingReader reader)
    {
        string? certificate = reader.Text("TLS__CERTIFICATE"), key = reader.Hidden("TLS__KEY");
        if (certificate is null != key is null)
            reader.Refuse(certificate is null ? "TLS__CERTIFICATE" : "TLS__KEY", "given together: TLS__CERTIFICATE and TLS__KEY");
        return certificate is null || key is null ? null : new(certificate, key);
    }
}
