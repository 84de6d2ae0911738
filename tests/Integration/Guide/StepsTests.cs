using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Postern.Server;
using Postern.Server.Hosting;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Guide;

/// <summary>What the guide says one types works as it stands there: calls of the API, lines for the shell, expressions.</summary>
[Trait("Guide", "api")]
[Trait("Guide", "expressions")]
[Trait("Guide", "scaling")]
public sealed partial class StepsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Anything = "00000000-0000-0000-0000-000000000001";

    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static IEnumerable<string> Pages => System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs", "guide"), "*.md").Order(StringComparer.Ordinal);

    [Fact]
    public void Each_page_has_a_test_that_walks_its_steps()
    {
        var walked = System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Folder, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Walk().Matches(File.ReadAllText(f)).Select(m => m.Groups["page"].Value)).ToHashSet(StringComparer.Ordinal);
        Pages.Select(p => Path.GetFileNameWithoutExtension(p)).Where(p => p != "README").Except(walked, StringComparer.Ordinal).ShouldBeEmpty("[Trait(\"Guide\", page)] marks the class of tests that walks the steps of a page");
        walked.Where(w => !File.Exists(Path.Combine(Repository.Folder, "docs", "guide", $"{w}.md"))).ShouldBeEmpty();
    }

    /// <summary>The shell itself runs what stands in the guide, in the order of its pages; only the names of the installation are filled in.</summary>
    [Theory]
    [InlineData("api.md")]
    [InlineData("applications.md")]
    [InlineData("directory.md")]
    [InlineData("events.md")]
    [InlineData("flows.md")]
    [InlineData("invitations.md")]
    [InlineData("sign-in-methods.md")]
    public async Task Calls_of_the_api_do_what_they_say(string page)
    {
        var root = await server.AddSuperuserAsync($"guide-{Guid.NewGuid():N}");
        var token = await server.AddTokenAsync(root);
        using var admin = server.Program(token);
        var group = await server.AddGroupAsync($"help desk {Guid.NewGuid():N}");
        var person = await server.AddUserAsync($"reader-{Guid.NewGuid():N}");
        await server.Database.ExecuteAsync("UPDATE brand SET flow_lockdown = (SELECT pk FROM flow WHERE slug = 'default-authentication-flow')");
        var flow = (await admin.GetApiAsync("flows/instances/default-provider-authorization-implicit-consent/")).Json["pk"]!.ToString();
        var leave = (await admin.GetApiAsync("flows/instances/default-provider-invalidation-flow/")).Json["pk"]!.ToString();
        var folder = System.IO.Directory.CreateTempSubdirectory("guide");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "wiki.png"), Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="), Cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "users.csv"), "username,name\nguided,Guided Reader\n", Cancellation);
            foreach (var call in CallsOf(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "guide", page))))
            {
                // Of the placeholders, one names a flow and the other a group.
                var script = call.Replace("https://id.example.org", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
                    .Replace("\"authorization_flow\": \"<uuid>\"", $"\"authorization_flow\": \"{flow}\"", StringComparison.Ordinal).Replace("\"invalidation_flow\": \"<uuid>\"", $"\"invalidation_flow\": \"{leave}\"", StringComparison.Ordinal).Replace("\"group\": \"<uuid>\"", $"\"group\": \"{group}\"", StringComparison.Ordinal)
                    .Replace("\"flow\": \"<uuid>\", ", "", StringComparison.Ordinal).Replace("/users/12/", $"/users/{person.Pk}/", StringComparison.Ordinal)
                    .Replace("\"user\": 12", $"\"user\": {person.Pk}", StringComparison.Ordinal).Replace("\"user\": 5", $"\"user\": {person.Pk}", StringComparison.Ordinal).Replace("for_user=7", $"for_user={person.Pk}", StringComparison.Ordinal);
                var (code, output) = await ShellAsync(script.Replace("curl ", "curl -sS --fail-with-body ", StringComparison.Ordinal), folder.FullName, ("TOKEN", token), ("POSTERN", server.Address.ToString().TrimEnd('/')), ("GROUP", group.ToString()));
                code.ShouldBe(0, $"{call}\n{output}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Lines_for_the_program_are_understood()
    {
        var root = new PosternCommand(EnvironmentSettings.OfProcess()).Root();
        var wrong = new List<string>();
        var lines = Pages.SelectMany(p => Lines().Matches(File.ReadAllText(p)).Select(m => (Page: Path.GetFileName(p), Line: m.Groups["line"].Value.Split("  #")[0].Split(" < ")[0].Split(" | ")[0].Split(" > ")[0].Replace("<uuid>", Anything, StringComparison.Ordinal).Replace("1f0c...", Anything, StringComparison.Ordinal).Trim()))).ToList();
        lines.Count.ShouldBeGreaterThan(20);
        foreach (var (page, line) in lines)
        {
            var parsed = root.Parse(line["postern".Length..].Trim());
            if (parsed.Errors.Count > 0)
                wrong.Add($"{page}: {line}: {parsed.Errors[0].Message}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Expressions_are_right_as_they_stand_there()
    {
        using var admin = await server.SuperuserAsync();
        var expressions = Pages.SelectMany(p => Expression().Matches(File.ReadAllText(p)).Select(m => (Page: Path.GetFileName(p), Text: m.Groups["text"].Value))).ToList();
        expressions.Count.ShouldBeGreaterThan(3);
        foreach (var (page, text) in expressions)
        {
            var use = text.StartsWith("return {", StringComparison.Ordinal) ? "mapping" : "policy";
            var found = await admin.PostApiAsync("policies/expression/check/", new System.Text.Json.Nodes.JsonObject { ["expression"] = text, ["use"] = use }.ToJsonString());
            found.Status.ShouldBe(HttpStatusCode.OK, $"{page}: {found}");
            found.Text.ShouldNotContain("Syntax Error", Case.Insensitive, page);
        }
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada@elsewhere.net", false)]
    public async Task The_first_expression_of_the_guide_lets_in_whom_it_says(string email, bool passes)
    {
        using var admin = await server.SuperuserAsync();
        var reader = await server.AddUserAsync($"mail-{Guid.NewGuid():N}");
        var text = Expression().Match(Repository.ReadText("docs/guide/expressions.md")).Groups["text"].Value;
        var policy = await admin.PostApiAsync("policies/expression/", new System.Text.Json.Nodes.JsonObject { ["name"] = $"own domains {Guid.NewGuid():N}", ["expression"] = text }.ToJsonString());
        policy.Status.ShouldBe(HttpStatusCode.Created, policy.Text);
        var tried = await admin.PostApiAsync($"policies/all/{policy.Json["pk"]}/test/", $$"""{"user": {{reader.Pk}}, "context": {"prompt_data": {"email": "{{email}}"} } }""");
        (tried.Json["passing"]!.GetValue<bool>(), tried.Json["messages"]!.AsArray().Count).ShouldBe((passes, passes ? 0 : 1), tried.Text);
    }

    /// <summary>Two servers on one database, with the same secret key, as the page on scaling has it.</summary>
    [Fact]
    public async Task A_change_at_one_server_is_known_at_the_other()
    {
        await using var one = await TestServer.StartAsync();
        var role = await one.Database.ScalarAsync<string>("SELECT current_user::text");
        await using var other = await TestServer.StartAsync(on: one.Database.As(role!));
        var token = await one.AddTokenAsync(await one.AddSuperuserAsync("both"));
        using var here = one.Program(token);
        using var there = other.Program(token);
        (await there.GetApiAsync("flows/executor/default-authentication-flow/?query=")).Text.ShouldContain("\"title\":\"");
        (await here.CallAsync("PATCH", "flows/instances/default-authentication-flow/", """{"title": "Known everywhere"}""")).Status.ShouldBe(HttpStatusCode.OK);
        for (var answer = ""; !answer.Contains("Known everywhere", StringComparison.Ordinal);)
        {
            Cancellation.ThrowIfCancellationRequested();
            using var visitor = other.Browser();
            answer = await visitor.GetStringAsync("/api/v3/flows/executor/default-authentication-flow/?query=", Cancellation);
        }
    }

    /// <summary>Blocks with a call, whole: those of the shell, indented ones, and calls in the text.</summary>
    static IEnumerable<string> CallsOf(string text) =>
        Blocks().Matches(text).Select(m => m.Groups["block"].Value)
            .Concat(Indented().Matches(text).Select(m => Regex.Replace(m.Value, "^    ", "", RegexOptions.Multiline, TimeSpan.FromSeconds(1))))
            .Concat(InText().Matches(text).Select(m => m.Groups["call"].Value))
            .Where(block => block.Contains("curl ", StringComparison.Ordinal));

    static async Task<(int Code, string Output)> ShellAsync(string script, string folder, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(Cancellation), shell.StandardError.ReadToEndAsync(Cancellation));
        await shell.WaitForExitAsync(Cancellation);
        return (shell.ExitCode, await output + await errors);
    }

    [GeneratedRegex("""\[Trait\("Guide", "(?<page>[a-z0-9-]+)"\)\]""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Walk();

    [GeneratedRegex("^```sh\n(?<block>.*?)^```", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Blocks();

    [GeneratedRegex("^    curl .*\n(?:^ {6,}.*\n)*", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Indented();

    [GeneratedRegex("`(?<call>curl [^`]+)`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex InText();

    // Lines of blocks; what stands in the text names verbs with places for values.
    [GeneratedRegex("^(?: {4})?(?<line>postern [a-z][^\n`]*)$", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Lines();

    [GeneratedRegex("^```python\n(?<text>.*?)^```", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Expression();
}
