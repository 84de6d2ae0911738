using System.Diagnostics;
using Postern.Tests.Integration.Mails;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Processes;

/// <summary>The verb that tries the mail settings, as an operator calls it.</summary>
public sealed class TestMailTests
{
    [Theory]
    [InlineData("test_email")]
    [InlineData("mail", "test")]
    public async Task A_mail_is_sent_and_every_step_told(params string[] verb)
    {
        await using var smtp = new SmtpServer();
        var (code, output, _) = await RunAsync([.. verb, "ada@example.org"], OutboxFixture.SettingsFor(smtp.Port));
        code.ShouldBe(0, output);
        output.ShouldContain("From Postern <id@example.org> to ada@example.org, by 127.0.0.1");
        output.ShouldContain("< 220 test");
        output.ShouldContain("> MAIL FROM:<id@example.org>");
        output.ShouldContain("> RCPT TO:<ada@example.org>");
        output.ShouldContain("The server took the mail.");
        smtp.LastTo("ada@example.org").Text.ShouldContain("That you read it means that your mail settings are right.");
    }

    [Fact]
    public async Task What_goes_wrong_is_told_in_words()
    {
        await using var smtp = new SmtpServer { Fault = static line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 relaying denied" : null };
        var (code, output, _) = await RunAsync(["test_email", "ada@example.org"], OutboxFixture.SettingsFor(smtp.Port));
        code.ShouldBe(1);
        output.ShouldContain("Not sent: The server refused the recipient ada@example.org: 550 relaying denied");
    }

    [Theory]
    [InlineData("nobody", "nobody is not an e-mail address.")]
    [InlineData("ada@example.org", "POSTERN_EMAIL__PORT: This must be a whole number")]
    public async Task Wrong_input_is_refused(string to, string reason)
    {
        var settings = OutboxFixture.SettingsFor(25);
        settings["POSTERN_EMAIL__PORT"] = "x";
        var (code, _, errors) = await RunAsync(["test_email", to], settings);
        code.ShouldBe(2);
        errors.ShouldContain(reason);
    }

    static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "postern"), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output, await errors);
    }
}
