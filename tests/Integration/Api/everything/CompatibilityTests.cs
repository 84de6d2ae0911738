using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Postern.Tests.Support.Servers;
using Postern.Tests.Support.Wire;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>
/// What clients of the reference find here and what not yet, as <c>docs/compatibility.md</c> says. With <c>COMPATIBILITY=</c> in the environment the
/// page is written instead of compared.
/// </summary>
public sealed class CompatibilityTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task What_is_not_built_says_so_and_breaks_nothing()
    {
        using var admin = await server.SuperuserAsync();
        foreach (var operation in WireOperation.All.Where(o => !Built().Contains(o.Id)))
        {
            var path = Regex.Replace(operation.Path, @"\{[^}]*\}", "1", RegexOptions.None, TimeSpan.FromSeconds(1));
            var answer = await admin.CallAsync(operation.Method, path.TrimStart('/'), operation.Method is "GET" or "DELETE" ? null : "{}");
            answer.Status.ShouldBeOneOf([HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed], $"{operation.Method} {operation.Path}: {answer}");
            answer.Json["detail"]!.ToString().ShouldNotBeEmpty();
        }
        (await admin.GetApiAsync("providers/saml/")).Json["detail"]!.ToString().ShouldBe("Not found: this server has nothing at /api/v3/providers/saml/.");
    }

    [Fact]
    public async Task The_page_is_up_to_date()
    {
        var file = Path.GetFullPath(Path.Combine(Here(), "../../../../docs/compatibility.md"));
        if (Environment.GetEnvironmentVariable("COMPATIBILITY") is not null)
            await File.WriteAllTextAsync(file, Page(), TestContext.Current.CancellationToken);
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(Page(), "write it anew: COMPATIBILITY= ./dev test Integration -class \"*Compatibility*\"");
    }

    HashSet<string> Built()
    {
        var doors = Doors.Of(server).Select(d => $"{d.Method} /{Anonymous(d.Path)}").ToHashSet(StringComparer.Ordinal);
        return [.. WireOperation.All.Where(o => doors.Contains($"{o.Method} {Anonymous(o.Path)}")).Select(o => o.Id)];
    }

    string Page()
    {
        var built = Built();
        var page = new StringBuilder();
        page.Append("# Compatibility with clients of authentik 2026.8\n\n");
        page.Append("Of the operations that clients of version 2026.8.3 know, this server offers the following; all others answer 404 or 405 with a text that says so.\n\n");
        page.Append("| Operations | Known | Offered |\n| --- | ---: | ---: |\n");
        Row("all", _ => true);
        Row("of invitations, sign-in, directory, applications and everything they need", o => o.Needed is "now");
        Row("next: sources, more protocols, outposts", o => o.Needed is "next");
        Row("later: devices, reviews, requests, tenants", o => o.Needed is "later");
        Row("that the Terraform provider calls", o => o.InTerraform);
        page.Append("\n## Not offered\n\nOperations of the Terraform provider are marked with T.\n\n");
        foreach (var group in WireOperation.All.Where(o => !built.Contains(o.Id)).GroupBy(o => Collection(o.Path), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture, $"- `{group.Key}`: {string.Join(", ", group.Select(o => o.Id[Prefix(group.Key)..] + (o.InTerraform ? " T" : "")))}\n");
        return page.ToString();

        void Row(string name, Func<WireOperation, bool> which) =>
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {WireOperation.All.Count(which)} | {WireOperation.All.Count(o => which(o) && built.Contains(o.Id))} |\n");
    }

    static string Collection(string path) => $"/{string.Join('/', path.Trim('/').Split('/').TakeWhile(p => !p.StartsWith('{')).Take(3))}/";

    // Words of the collection are not said again in each name.
    static int Prefix(string collection) => collection.Length - 1;

    static string Anonymous(string path) => Regex.Replace(path, @"\{[^}]*\}", "{}", RegexOptions.None, TimeSpan.FromSeconds(1));

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
