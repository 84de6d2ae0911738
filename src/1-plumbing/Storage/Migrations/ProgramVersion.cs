using System.Reflection;

namespace Postern.Storage.Migrations;

/// <summary>The version of this program, such as <c>1.2.0</c>.</summary>
public static class ProgramVersion
{
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
