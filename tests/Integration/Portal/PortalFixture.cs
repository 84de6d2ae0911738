using Postern.Tests.Support.Portals;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Portal;

/// <summary>Class fixture: one portal with its mail server.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    public SmtpServer Mail { get; } = new();

    public TestPortal Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Portal = await TestPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PORTAL_EMAIL__HOST"] = "127.0.0.1",
        ["PORTAL_EMAIL__PORT"] = Mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["PORTAL_BASE_URL"] = "https://customers.example.org",
    });

    /// <summary>The path of the last invitation mailed to an address.</summary>
    public async Task<string> InvitationAsync(string email)
    {
        await Portal.RunJobsAsync();
        var text = Mail.LastTo(email).Text;
        var start = text.IndexOf("https://customers.example.org/invitations/", StringComparison.Ordinal) + "https://customers.example.org".Length;
        return new string([.. text[start..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '/')]);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Mail.DisposeAsync();
    }
}
