using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Notifications;

/// <summary>A server that may reach this machine, with somebody else's webhook and a mail server beside it.</summary>
public sealed class NotificationServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public HttpStub Hook { get; private set; } = null!;

    public SmtpServer Mail { get; } = new();

    public HttpClient Root { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hook = await HttpStub.StartAsync(request => request.Path.Contains("echo", StringComparison.Ordinal) ? $"heard {request.Body.Length}" : "ok");
        Server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES"] = "true",
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = Mail.Port.ToString(CultureInfo.InvariantCulture),
        });
        Root = await Server.SuperuserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Hook.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <summary>Creates an object over the API and answers its key.</summary>
    public async Task<string> MakeAsync(string path, string body)
    {
        var made = await Root.PostApiAsync(path, body);
        return ((int)made.Status == 201 ? made.Json["pk"]?.ToString() : null) ?? throw new InvalidOperationException(made.ToString());
    }

    /// <summary>A rule about one action that tells a new group of these people; answers its key.</summary>
    public async Task<string> MakeRuleAsync(string action, string[] transports, User[] members, bool eventUser = false)
    {
        var name = $"{action} {Guid.NewGuid():N}";
        var policy = await MakeAsync("policies/event_matcher/", $$"""{"name": "{{name}}", "action": "{{action}}"}""");
        var group = members.Length == 0 ? null : (await Server.AddGroupAsync(name, members: members)).ToString();
        var rule = await MakeAsync("events/rules/", new JsonObject
        {
            ["name"] = name,
            ["severity"] = "warning",
            ["transports"] = new JsonArray([.. transports.Select(t => JsonValue.Create(t))]),
            ["destination_group"] = group,
            ["destination_event_user"] = eventUser,
        }.ToJsonString());
        await MakeAsync("policies/bindings/", $$"""{"target": "{{rule}}", "policy": "{{policy}}", "order": 0}""");
        return rule;
    }

    /// <summary>Something happens, and the jobs that follow from it run.</summary>
    public async Task<Event> HappenAsync(string action, User? user = null, JsonObject? context = null)
    {
        var entry = await Server.InScopeAsync(async services =>
        {
            var caller = user is null ? Caller.System : new Caller(user.Pk, user.Username, IsSuperuser: false, CallerKind.User) { Email = user.Email };
            var written = services.GetRequiredService<RecordEvent>().Add(caller, action, "authentik.core", context);
            await services.GetRequiredService<PosternDb>().SaveChangesAsync();
            return written;
        });
        await WorkAsync();
        return entry;
    }

    public Task<int> WorkAsync() => Server.Services.GetRequiredService<JobRunner>().RunDueAsync(CancellationToken.None);

    /// <summary>What the user is shown, newest first.</summary>
    public async Task<JsonArray> ShownAsync(User user)
    {
        var answer = await (await ProgramAsync(user)).GetApiAsync("events/notifications/");
        return answer.Json["results"]!.AsArray();
    }

    public async Task<HttpClient> ProgramAsync(User user) => Server.Program(await Server.AddTokenAsync(user));
}
