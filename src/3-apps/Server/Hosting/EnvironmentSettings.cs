using Postern.Hosting;
using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Server.Hosting;

/// <summary>Reads the settings of this process from its environment.</summary>
static class EnvironmentSettings
{
    public static Result<PosternSettings> Read() => ReadSettings.From(ProcessEnvironment.Variables, ProcessEnvironment.ReadFile);

    public static IReadOnlyList<SettingState> States() => ReadSettings.States(ProcessEnvironment.Variables, ProcessEnvironment.ReadFile);

    /// <summary>What is wrong with them; null when they are right.</summary>
    public static string? Wrong() => Read().Fault is { } fault ? Explain(fault) : null;

    /// <summary>One line per wrong variable.</summary>
    public static string Explain(Fault fault) => ProcessEnvironment.Explain(fault, "Postern");
}
