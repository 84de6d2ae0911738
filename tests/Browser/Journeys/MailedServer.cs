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
        var smtp = new SmtpServer();
        return new MailedServer(smtp, await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = smtp.Port.ToString(CultureInfo.InvariantCulture),
        }));
    }

    /// <summary>The link in the last mail to somebody that has one, once a worker has sent it.</summary>
    public Task<string> LinkAsync(string address) => InMailAsync(address, @"http://[^\s""<>]+flow_token=\w+");

    /// <summary>The code in the last mail to somebody that has one.</summary>
    public Task<string> CodeAsync(string address) => InMailAsync(address, @"(?<!\d)\d{6}(?!\d)");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await mail.DisposeAsync();
    }

    async Task<string> InMailAsync(string address, string pattern)
    {
        await Server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        // People are told of changes to their account as well; those mails have no link or code.
        var texts = mail.Mails.Where(m => m.To.Contains(address, StringComparer.OrdinalIgnoreCase)).Select(m => m.Text).ToList();
        var found = texts.Select(t => Regex.Match(t, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))).LastOrDefault(m => m.Success);
        found.ShouldNotBeNull(string.Join("\n\n", texts));
        return found.Value;
    }
}
