using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;

namespace Postern.Portal.Hosting;

/// <summary>Reads the portal's settings from environment variables that begin with <c>PORTAL_</c>.</summary>
public static class ReadPortalSettings
{
    /// <summary>Gives the settings, or an error for each variable that is wrong, missing or unknown. <paramref name="readFile"/> gives a file's text or null.</summary>
    public static Result<PortalSettings> From(IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile)
    {
        var reader = new SettingReader(new SettingSource(environment, "PORTAL_"), environment, readFile);
        var host = ReadHost.From(reader, "./var/portal", "0.0.0.0:9100", "portal@localhost");
        if (reader.Address("OIDC__ISSUER") is not { } issuer)
        {
            if (!reader.Errors.Any)
                reader.Refuse("OIDC__ISSUER", "the address of the OpenID provider that signs people in, such as https://id.example.org/application/o/portal/");
            return new Fault.Invalid(reader.Errors);
        }
        var settings = new PortalSettings(host, issuer)
        {
            ClientId = reader.Text("OIDC__CLIENT_ID") ?? "postern-portal",
            ClientSecret = reader.Secret("OIDC__CLIENT_SECRET"),
            SupportGroup = reader.Text("SUPPORT__GROUP") ?? "Portal support",
            SupportEmail = reader.ParseText("SUPPORT__EMAIL", "an e-mail address", text => EmailAddress.IsValid(text) ? text : null),
            LicenseAuthority = reader.Secret("LICENSE__AUTHORITY"),
        };
        if (reader.Address("OIDC__SIGN_UP_URL") is { } signUp)
            settings = settings with { SignUpUrl = signUp };
        UnknownNames.Refuse(reader);
        return reader.Errors.Any ? new Fault.Invalid(reader.Errors) : settings;
    }
}
