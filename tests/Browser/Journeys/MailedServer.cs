using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>A server from nothing, with a mail server that the journey reads.</summary>
sealed class MailedServer : IAsyncDisposable
{
    readonly SmtpServer mail;

    MailedServer(SmtpServer mail, TestServer server) => (this.mail, Server) = (mail, server);

    public TestServer Server { get; }

    public static async Task<MailedServer> StartAsync()
    {
        var mail = new SmtpServer();
        return new MailedServer(mail, await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = mail.Port.ToString(CultureInfo.InvariantCulture),
        }));
    }

    /// <summary>The link in the last mail to somebody, once a worker has sent it.</summary>
    public Task<string> LinkAsync(string address) => InMailAsync(address, @"http://[^\s""<>]+flow_token=\w+");

    /// <summary>The code in the last mail to somebody.</summary>
    public Task<string> CodeAsync(string address) => InMailAsync(address, @"(?<!\d)\d{6}(?!\d)");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await mail.DisposeAsync();
    }

    async Task<string> InMailAsync(string address, string pattern)
    {
        await Server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        var match = Regex.Match(mail.LastTo(address).Text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        match.Success.ShouldBeTrue(mail.LastTo(address).Text);
        return match.Value;
    }
}
