using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Hosting;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Server.Hosting;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Tests.Benchmarks.Scale;

/// <summary>The verbs <c>seed</c> and <c>directory</c>: fill the database of the environment, and time the lists of one.</summary>
static class ScaleCommand
{
    public static async Task SeedAsync(string[] sizes)
    {
        await using var database = await OpenAsync();
        await SeedDirectory.RunAsync(database.Pools.Requests, SeedSizes.Read(sizes), Console.WriteLine);
    }

    public static async Task<IReadOnlyList<string>> MeasureAsync()
    {
        var settings = Settings();
        await using var database = await OpenAsync();
        await using var app = Composition.Build(settings, database.Pools, Roles.Server, TimeProvider.System);
        await RunningApp.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        using var admin = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(app.Services));
        var table = await MeasureDirectory.RunAsync(admin, database.Pools.Requests);
        await app.StopAsync();
        return table;
    }

    static PosternSettings Settings() => EnvironmentSettings.Read().Value;

    static Task<PosternDatabase> OpenAsync() => OpenDatabase.ExecuteAsync(Settings(), Modules.Assemblies, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    /// <summary>A superuser's key for this run.</summary>
    static async Task<string> TokenAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        var now = TimeProvider.System.GetUtcNow();
        var name = $"measure-{now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        var user = new User { Username = name, DateJoined = now, LastUpdated = now, PasswordChangeDate = now };
        db.Add(user);
        await db.SaveChangesAsync();
        await db.ExecuteAsync(
            "WITH g AS (INSERT INTO \"group\" (pk, name, is_superuser, attributes) VALUES (gen_random_uuid(), $2, true, '{}') RETURNING pk) INSERT INTO user_group (user_pk, group_pk) SELECT $1, pk FROM g",
            CancellationToken.None, user.Pk, name);
        var token = new Token { Identifier = name, Key = RandomText.Alphanumeric(60), Intent = TokenIntent.Api, UserPk = user.Pk, Expiring = false };
        db.Add(token);
        await db.SaveChangesAsync();
        return token.Key;
    }
}
