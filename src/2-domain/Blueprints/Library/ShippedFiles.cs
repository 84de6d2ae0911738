using System.Reflection;

namespace Postern.Blueprints.Library;

/// <summary>The blueprints that ship inside the product.</summary>
internal static class ShippedFiles
{
    const string Prefix = "blueprints/";

    static readonly Lazy<IReadOnlyDictionary<string, BlueprintFile>> all = new(Read);

    /// <summary>The files by path.</summary>
    public static IReadOnlyDictionary<string, BlueprintFile> All => all.Value;

    static Dictionary<string, BlueprintFile> Read()
    {
        var assembly = typeof(ShippedFiles).Assembly;
        var built = Built();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => new BlueprintFile(name[Prefix.Length..].Replace('\\', '/'), built, Content(assembly, name)))
            .ToDictionary(file => file.Path, StringComparer.Ordinal);
    }

    static byte[] Content(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    static DateTimeOffset Built() => Environment.ProcessPath is { } program && File.Exists(program) ? new DateTimeOffset(File.GetLastWriteTimeUtc(program)) : DateTimeOffset.UnixEpoch;
}
