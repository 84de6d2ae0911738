using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Bindings;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Policies;

/// <summary>A server with a small directory: ada is in staff, staff is in everyone; root is in admins, whose members are superusers.</summary>
public sealed class PolicyServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public User Ada { get; private set; } = null!;

    public User Root { get; private set; } = null!;

    public Group Staff { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cheapHashes = new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_PASSWORD_ITERATIONS"] = "1000" };
        Server = await TestServer.StartAsync(cheapHashes);
        var everyone = await MakeAsync<Group>(GroupKind.Kind, """{"name": "everyone", "attributes": {"level": 1, "theme": {"a": 1, "b": 1}}}""");
        Staff = await MakeAsync<Group>(GroupKind.Kind, $$"""{"name": "staff", "parents": ["{{everyone.Pk}}"], "attributes": {"level": 2, "theme": {"b": 2} } }""");
        var admins = await MakeAsync<Group>(GroupKind.Kind, """{"name": "admins", "is_superuser": true}""");
        Ada = await MakeAsync<User>(UserKind.Kind, $$"""{"username": "ada", "name": "Ada", "email": "Ada@Example.org", "groups": ["{{Staff.Pk}}"], "attributes": {"desk": {"floor": 3}, "tags": ["x", "y"]} }""");
        Root = await MakeAsync<User>(UserKind.Kind, $$"""{"username": "root", "name": "Root", "email": "root@example.org", "groups": ["{{admins.Pk}}"]}""");
    }

    /// <summary>A client with an API token of a user.</summary>
    public async Task<HttpClient> ClientAsync(User user)
    {
        var key = $"key-of-{user.Username}";
        await Server.Database.ExecuteAsync($"""
            INSERT INTO token (pk, identifier, key_hash, sealed_key, intent, user_pk, description, expiring)
            VALUES (gen_random_uuid(), 'api-{user.Username}', sha256('{key}'), '{key}', 'api', {user.Pk}, '', false) ON CONFLICT DO NOTHING
            """);
        return Server.Program(key);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Creates an object of any kind.</summary>
    public async Task<T> MakeAsync<T>(ModelKind kind, string json) => (T)(await SaveAsync(kind, json)).Value;

    public Task<Result<object>> SaveAsync(ModelKind kind, string json) => Server.InScopeAsync(services =>
        services.GetRequiredService<SaveObject>().CreateAsync(kind, Caller.System, JsonSerializer.SerializeToElement(JsonNode.Parse(json)), SaveOptions.Full, Cancellation));

    /// <summary>Binds something to a target that exists in this test only.</summary>
    public Task<PolicyBinding> BindAsync(PolicyBinding binding) => Server.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PosternDb>();
        db.Add(binding);
        await db.SaveChangesAsync(Cancellation);
        return binding;
    });

    public Task<PolicyResult> EvaluateAsync(Guid target, PolicyEngineMode mode, PolicyRequest request) => Server.InScopeAsync(async services =>
        await services.GetRequiredService<PolicyEngine>().EvaluateAsync(target, mode, request, Cancellation));

    public Task<ExpressionResult> RunAsync(string source, PolicyRequest? request = null, ExpressionUse use = ExpressionUse.Policy) => Server.InScopeAsync(async services =>
        await services.GetRequiredService<ExpressionRunner>()
            .RunAsync(source, new ExpressionInput { Name = "test", Use = use, Request = request ?? new PolicyRequest { User = Ada } }, Cancellation));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
