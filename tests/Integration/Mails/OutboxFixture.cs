using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Mails;

/// <summary>A product and the mail server it sends by, which can be made to misbehave.</summary>
public sealed class OutboxFixture : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public SmtpServer Smtp { get; } = new();

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(SettingsFor(Smtp.Port));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Smtp.DisposeAsync();
    }

    public static Dictionary<string, string> SettingsFor(int port) => new(StringComparer.Ordinal)
    {
        ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
        ["POSTERN_EMAIL__PORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["POSTERN_EMAIL__TIMEOUT"] = "1",
        ["POSTERN_EMAIL__FROM"] = "Postern <id@example.org>",
    };

    /// <summary>Puts a mail into the outbox, as a change of the product does.</summary>
    public Task<Guid> WriteAsync(params string[] to) => WriteAsync(new MailMessage { To = to, Subject = "Hello", Html = "<p>Hello</p>", Text = "Hello" });

    public Task<Guid> WriteAsync(MailMessage message) => Server.InScopeAsync(async services =>
    {
        var key = services.GetRequiredService<SendMail>().Add(message);
        await services.GetRequiredService<PosternDb>().SaveChangesAsync();
        return key;
    });

    /// <summary>Does what a worker would do now.</summary>
    public Task<int> WorkAsync() => Server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);

    public Task<Postern.Mail.Outbox.Mail> FindAsync(Guid key) => Server.InScopeAsync(services => services.GetRequiredService<PosternDb>().Set<Postern.Mail.Outbox.Mail>().AsNoTracking().SingleAsync(m => m.Pk == key));

    public IEnumerable<ReceivedMail> Received(Guid key) => Smtp.Mails.Where(m => m.Header("Message-ID").Contains(key.ToString("N"), StringComparison.Ordinal));
}
