using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Authenticators.Devices;
using Postern.Authenticators.Totp;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Storage;
using Postern.Storage.Sealing;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>A server with the shipped sign-in and set-up flows.</summary>
public sealed class MfaServer : IAsyncLifetime
{
    public const string SignIn = "default-authentication-flow";
    public const string Password = "correct horse battery staple";

    static readonly byte[] Seed = "a seed of twenty byt"u8.ToArray();

    public TestServer Server { get; private set; } = null!;

    public SmtpServer Mail { get; } = new();

    public HttpClient Admin { get; private set; } = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = Mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        Admin = await Server.SuperuserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
        await Mail.DisposeAsync();
    }

    public async Task ImportAsync(string file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(file, Cancellation)), "file", "blueprint.yaml" } };
        var import = await (await Admin.PostAsync("/api/v3/managed/blueprints/import/", form, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        import!["success"]!.GetValue<bool>().ShouldBeTrue($"{file}: {import.ToJsonString()}");
    }

    /// <summary>A user who can sign in with <see cref="Password"/>.</summary>
    public Task<User> AddPersonAsync(string username) => Server.AddUserAsync(username, u => u.Password = PasswordHash.Encode(Password, 1000));

    /// <summary>A device that shows the codes of <see cref="CodeAt"/>.</summary>
    public Task<TotpDevice> AddTotpAsync(User user) => Server.InScopeAsync(async services =>
    {
        var now = Server.Clock.GetUtcNow();
        var device = new TotpDevice { UserPk = user.Pk, Name = "app", Created = now, LastUpdated = now, Seed = services.GetRequiredService<Seal>().Close(SealedFor.TotpSeed, Seed) };
        var db = services.GetRequiredService<PosternDb>();
        db.Add(device);
        await db.SaveChangesAsync();
        return device;
    });

    /// <summary>The code the device shows now, or some steps of 30 seconds away.</summary>
    public string CodeAt(int steps = 0) => TotpCode.At(Seed, TotpCode.StepAt(Server.Clock.GetUtcNow()) + steps, 6);

    /// <summary>A set-up stage of a type (<c>email</c>, <c>sms</c>, ...) in a flow of its own; answers the flow's slug.</summary>
    public async Task<string> AddSetupAsync(string type, string config)
    {
        var slug = $"setup-{type}";
        var flow = await Admin.CallAsync("POST", "flows/instances/", $$"""{"name":"{{slug}}","slug":"{{slug}}","title":"x","designation":"stage_configuration","authentication":"require_authenticated"}""");
        var fields = JsonNode.Parse(config)!.AsObject();
        (fields["name"], fields["configure_flow"]) = (slug, flow.Json["pk"]!.ToString());
        var stage = await Admin.CallAsync("POST", $"stages/authenticator/{type}/", fields.ToJsonString());
        stage.Status.ShouldBe(System.Net.HttpStatusCode.Created, stage.Text);
        await Admin.CallAsync("POST", "flows/bindings/", $$"""{"target":"{{flow.Json["pk"]}}","stage":"{{stage.Json["pk"]}}","order":0}""");
        return slug;
    }

    /// <summary>Does what a worker would do now.</summary>
    public Task WorkAsync() => Server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);

    public static string Root => Repository.Folder;
}
