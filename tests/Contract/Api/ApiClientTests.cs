using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Postern.Tests.Contract.Oidc;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Contract.Api;

/// <summary>The published client of the reference, unmodified, against this server; its report is <c>artifacts/contract/api.json</c>.</summary>
public sealed class ApiClientTests(OidcServer server) : IClassFixture<OidcServer>
{
    /// <summary>Operations called; fewer mean that the script lost some.</summary>
    const int Least = 470;

    [Fact]
    public async Task Every_collection_is_created_read_changed_and_deleted_and_every_answer_is_as_published()
    {
        await server.AddApplicationAsync("told");
        using (var browser = server.Server.Browser())
            await browser.GetAsync($"/test?user={server.Person.Pk.ToString(CultureInfo.InvariantCulture)}", TestContext.Current.CancellationToken);

        var report = Path.GetFullPath(Path.Combine(Here(), "../../../artifacts/contract/api.json"));
        await Judge.RunAsync("api", server, new JsonObject { ["token"] = OidcServer.Token, ["least"] = Least, ["report"] = report }, longest: TimeSpan.FromMinutes(10));
    }

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
