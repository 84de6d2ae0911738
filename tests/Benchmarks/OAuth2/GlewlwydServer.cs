using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Postern.Tests.Benchmarks.OAuth2;

/// <summary>Debian's glewlwyd, a small server in C, with an RSA key; it is asked for documents alone.</summary>
sealed class GlewlwydServer(Process process, Side side) : IAsyncDisposable
{
    const string Modules = "/usr/lib/glewlwyd";
    const string Tables = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);
    static readonly Doors doors = new("/api/oidc/.well-known/openid-configuration", "/api/oidc/jwks", "", "", "");

    public Side Side => side;

    /// <param name="folder">Where its database and settings are written.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="cpu">The only processor it may use.</param>
    public static async Task<GlewlwydServer> StartAsync(string folder, int port, int cpu)
    {
        System.IO.Directory.CreateDirectory(folder);
        var (database, settings) = (Path.Combine(folder, "glewlwyd.db"), Path.Combine(folder, "glewlwyd.conf"));
        using (var tables = Process.Start("sqlite3", [database, $".read {Tables}"]))
            await tables.WaitForExitAsync();
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $$"""
            port={{port}}
            bind_address="127.0.0.1"
            external_url="http://127.0.0.1:{{port}}/"
            login_url="login.html"
            api_prefix="api"
            log_mode="console"
            log_level="NONE"
            admin_scope="g_admin"
            profile_scope="g_profile"
            user_module_path="{{Modules}}/user"
            client_module_path="{{Modules}}/client"
            user_auth_scheme_module_path="{{Modules}}/scheme"
            plugin_module_path="{{Modules}}/plugin"
            hash_algorithm="SHA512"
            database={ type="sqlite3" path="{{database}}" };
            """));
        var server = Process.Start(new ProcessStartInfo("taskset", ["-c", cpu.ToString(CultureInfo.InvariantCulture), "glewlwyd", $"--config-file={settings}"]) { UseShellExecute = false })!;
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/") };
        await SignInAsync(client);
        using var added = await client.PostAsJsonAsync("mod/plugin/", Plugin(client.BaseAddress));
        added.EnsureSuccessStatusCode();
        return new GlewlwydServer(server, new Side(port, server.Id, doors, "", "", [], []));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>As the administrator that its tables come with, once it listens.</summary>
    static async Task SignInAsync(HttpClient client)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var entered = await client.PostAsJsonAsync("auth/", new { username = "admin", password = "password" });
                entered.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode is null && clock.Elapsed < patience)
            {
                await Task.Delay(20);
            }
        }
    }

    static JsonObject Plugin(Uri root)
    {
        using var key = RSA.Create(2048);
        return new JsonObject
        {
            ["module"] = "oidc",
            ["name"] = "oidc",
            ["display_name"] = "OIDC",
            ["order_rank"] = 0,
            ["parameters"] = new JsonObject
            {
                ["iss"] = new Uri(root, "oidc").ToString(),
                ["jwt-type"] = "rsa",
                ["jwt-key-size"] = "256",
                ["key"] = key.ExportRSAPrivateKeyPem(),
                ["cert"] = key.ExportSubjectPublicKeyInfoPem(),
                ["access-token-duration"] = 3600,
                ["refresh-token-duration"] = 1209600,
                ["code-duration"] = 600,
                ["auth-type-code-enabled"] = true,
                ["auth-type-client-enabled"] = true,
                ["auth-type-refresh-enabled"] = true,
                ["subject-type"] = "public",
                ["secret-type"] = "public",
                ["jwks-show"] = true,
                ["address-claim"] = new JsonObject { ["type"] = "no" },
                ["name-claim"] = "on-demand",
                ["email-claim"] = "on-demand",
                ["scope-claim"] = "no",
                ["pkce-allowed"] = true,
            },
        };
    }
}
