using Postern.Hosting;
using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Server.Hosting;

/// <summary>Settings as variables of an environment give them.</summary>
sealed class EnvironmentSettings(IReadOnlyDictionary<string, string> variables)
{
    /// <summary>Of the environment of this process.</summary>
    public static EnvironmentSettings OfProcess() => new(ProcessEnvironment.Variables);

    public Result<PosternSettings> Read() => ReadSettings.From(variables, ProcessEnvironment.ReadFile);

    public IReadOnlyList<SettingState> States() => ReadSettings.States(variables, ProcessEnvironment.ReadFile);

    /// <summary>What is wrong with them; null when they are right.</summary>
    public string? Wrong() => Read().Fault is { } fault ? Explain(fault) : null;

    /// <summary>One line per wrong variable.</summary>
    public static string Explain(Fault fault) => ProcessEnvironment.Explain(fault, "Postern");
}
