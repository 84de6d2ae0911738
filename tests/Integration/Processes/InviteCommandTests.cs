using System.Diagnostics;
using Postern.Tests.Integration.Invitations;

namespace Postern.Tests.Integration.Processes;

/// <summary><c>postern invite</c> against a running installation.</summary>
public sealed class InviteCommandTests(InvitationServer fixture) : IClassFixture<InvitationServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_is_invited_listed_sent_again_and_revoked()
    {
        var made = await RunAsync("invite", "create", "--person", "Jane Doe", "--email", "jane@example.com", "--flow", Flows.EnrolmentSteps.Slug);
        made.Code.ShouldBe(0, made.Errors);
        var (pk, link) = (made.Output.Split('\n')[0], made.Output.Split('\n')[1]);
        link.ShouldEndWith($"/if/flow/{Flows.EnrolmentSteps.Slug}/?itoken={pk}");
        (await RunAsync("invite", "list")).Output.ShouldContain($"{pk}\tready\t0\tjane-doe-{DateTimeOffset.Parse((await fixture.ReadAsync(pk))["created_on"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture):yyyy-MM}\tjane@example.com");
        var next = (await RunAsync("invite", "resend", pk, "--rotate")).Output.Trim();
        next.ShouldNotBe(pk);
        (await RunAsync("invite", "revoke", next)).Code.ShouldBe(0);
        (await fixture.StatusAsync(next)).ShouldBe("revoked");
        var twice = await RunAsync("invite", "revoke", next);
        (twice.Code, twice.Errors).ShouldSatisfyAllConditions(t => t.Code.ShouldBe(1), t => t.Errors.ShouldContain("ended already"));
    }

    [Fact]
    public async Task Many_are_invited_from_a_file_and_wrong_rows_are_told()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("postern-invite-");
        var (good, bad, result) = (Path.Combine(folder.FullName, "good.csv"), Path.Combine(folder.FullName, "bad.csv"), Path.Combine(folder.FullName, "result.csv"));
        await File.WriteAllTextAsync(good, "email,name\ncli-ada@example.com,Ada\ncli-bob@example.com,Bob\n", Cancellation);
        await File.WriteAllTextAsync(bad, "email\nnonsense\n", Cancellation);

        var refused = await RunAsync("invite", "bulk", bad, "--flow", Flows.EnrolmentSteps.Slug, "--dry-run");
        (refused.Code, refused.Output.Trim()).ShouldBe((1, "finished: 0 of 1, 1 refused."));
        refused.Errors.ShouldContain("Line 2 nonsense: email: Enter a valid email address.");
        var done = await RunAsync("invite", "bulk", good, "--flow", Flows.EnrolmentSteps.Slug, "--result", result);
        (done.Code, done.Output.Trim()).ShouldBe((0, "finished: 2 of 2, 0 refused."), done.Errors);
        (await File.ReadAllLinesAsync(result, Cancellation)).Length.ShouldBe(3);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_a_token_or_a_flow_it_says_so()
    {
        (await RunAsync("invite", "create", "--flow", "no-such-flow")).Errors.ShouldContain("There is no flow no-such-flow.");
        (await RunWithAsync(token: null, "invite", "list")).Errors.ShouldContain("403");
    }

    async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await RunWithAsync(fixture.Root.DefaultRequestHeaders.Authorization!.Parameter, arguments);

    /// <summary>Runs the program while a worker of this process does what is due.</summary>
    async Task<(int Code, string Output, string Errors)> RunWithAsync(string? token, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "postern"), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["POSTERN_CLI_URL"], start.Environment["POSTERN_CLI_TOKEN"]) = (fixture.Server.Address.ToString(), token);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        var ended = process.WaitForExitAsync(Cancellation);
        while (!ended.IsCompleted)
            await Task.WhenAny(ended, fixture.WorkAsync());
        return (process.ExitCode, await output, await errors);
    }
}
