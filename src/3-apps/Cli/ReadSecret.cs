using System.CommandLine;
using Postern.Kernel;
using Spectre.Console;

namespace Postern.Cli;

/// <summary>Secrets come from a file, from standard input, or are asked for: never from the line, which other people of the machine can see.</summary>
static class ReadSecret
{
    public static Option<FileInfo?> FileOption(string name, string what) => new(name) { Description = $"File that holds {what}. Left out, it is read from standard input, or asked for at a terminal." };

    /// <summary>What the file or standard input holds, without the end of its last line; at a terminal what is typed twice alike. Faults: invalid.</summary>
    public static async Task<Result<string>> ExecuteAsync(string what, FileInfo? file, CancellationToken cancellation)
    {
        if (file is { Exists: false })
            return Fault.Input($"There is no file {file.FullName}.");
        var secret = file is not null ? Whole(await File.ReadAllTextAsync(file.FullName, cancellation))
            : Console.IsInputRedirected ? Whole(await Console.In.ReadToEndAsync(cancellation))
            : Ask(what);
        if (secret is null)
            return Fault.Input("The two are not the same.");
        // Not one conditional: its type would be string, and the fault a value.
        if (secret.Length == 0)
            return Fault.Input($"No {what} was given.");
        return secret;
    }

    static string Whole(string text) => text.TrimEnd('\r', '\n');

    static string? Ask(string what)
    {
        var first = Terminal.Errors.Prompt(new TextPrompt<string>($"{what}:").Secret(null).AllowEmpty());
        return string.Equals(first, Terminal.Errors.Prompt(new TextPrompt<string>($"{what} again:").Secret(null).AllowEmpty()), StringComparison.Ordinal) ? first : null;
    }
}
