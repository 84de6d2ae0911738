using System.Collections;
using Postern.Kernel;

namespace Postern.Hosting;

/// <summary>The environment of this process, as settings are read from it.</summary>
public static class ProcessEnvironment
{
    public static IReadOnlyDictionary<string, string> Variables =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    public static string? ReadFile(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>One line per wrong variable.</summary>
    public static string Explain(Fault fault, string program) => fault is Fault.Invalid invalid
        ? string.Join('\n', invalid.Errors.Fields.SelectMany(f => invalid.Errors[f].Select(text => $"{f}: {text}")).Prepend($"{program} cannot start with this configuration:"))
        : fault.Message;
}
