using System.CommandLine;
using Postern.Server;
using Postern.Server.Hosting;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Cli;

/// <summary>The verbs as a whole: the guide names each, shells complete them, and wrong lines end alike.</summary>
[Trait("Guide", "cli")]
public sealed class TreeTests
{
    static readonly Command root = new PosternCommand(EnvironmentSettings.OfProcess()).Root();

    [Fact]
    public void Every_verb_stands_in_the_guide()
    {
        var guide = Repository.ReadText("docs/guide/cli.md");
        Leaves(root, "postern").Where(verb => !guide.Contains(verb, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_verb_and_option_says_what_it_is_for()
    {
        var silent = from command in All(root)
                     from symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command)
                     where string.IsNullOrEmpty(symbol.Description)
                     select $"{command.Name} {symbol.Name}";
        silent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _postern postern")]
    [InlineData("zsh", "compdef _postern postern")]
    [InlineData("fish", "complete -c postern")]
    public async Task Shells_are_told_how_to_complete(string shell, string line) =>
        (await CliFixture.RunAsync("", ["completion", shell])).Done().Output.ShouldContain(line);

    [Fact]
    public async Task Bash_completes_verbs_and_options()
    {
        const string line = "postern user set-";
        (await CliFixture.RunAsync("", [$"[suggest:{line.Length}]", line])).Done().Output.Split('\n').ShouldBe(["set-password", "set-type"]);
        var script = "source <(postern completion bash); COMP_LINE='postern group '; COMP_POINT=14; COMP_WORDS=(postern group ''); COMP_CWORD=2; _postern; printf '%s\\n' \"${COMPREPLY[@]}\"";
        var start = new System.Diagnostics.ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        using var bash = System.Diagnostics.Process.Start(start)!;
        var replies = (await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
        replies.ShouldContain("add");
        replies.ShouldContain("remove");
    }

    [Fact]
    public async Task A_wrong_line_or_a_wrong_setting_ends_with_2()
    {
        var real = await ProgramRun.OfAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_EMAIL__PORT"] = "x" }, "user", "list");
        (real.Code, real.Output).ShouldBe((2, ""));
        real.Errors.ShouldContain("POSTERN_EMAIL__PORT");
        (await CliFixture.RunAsync("", ["user"])).Code.ShouldBe(2);
        (await CliFixture.RunAsync("", ["user", "frobnicate"])).Code.ShouldBe(2);
        (await CliFixture.RunAsync("", ["user", "list"], ("POSTERN_EMAIL__PORT", "x"))).WrongUse("POSTERN_EMAIL__PORT");
        (await CliFixture.RunAsync("", ["user", "--help"])).Done();
        (await CliFixture.RunAsync("", ["user", "list"], ("POSTERN_POSTGRESQL__HOST", "/nowhere/at/all"))).Refused("The database cannot be used");
    }

    static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(c => Leaves(c, $"{path} {c.Name}"));
}
