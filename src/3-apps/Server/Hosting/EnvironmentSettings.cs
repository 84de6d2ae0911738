using System.Collections;
using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Server.Hosting;

/// <summary>Reads the settings of this process from its environment.</summary>
static class EnvironmentSettings
{
    public static Result<PosternSettings> Read() => ReadSettings.From(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal),
        path => File.Exists(path) ? File.ReadAllText(path) : null);

    /// <summary>One line per wrong variable.</summary>
    public static string Explain(Fault fault) => fault is Fault.Invalid invalid
        ? string.Join('\n', invalid.Errors.Fields.SelectMany(f => invalid.Errors[f].Select(text => $"{f}: {text}")).Prepend("Postern cannot start with this configuration:"))
        : fault.Message;
}
