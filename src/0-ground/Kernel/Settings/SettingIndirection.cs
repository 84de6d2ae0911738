namespace Postern.Kernel.Settings;

/// <summary>
/// Values that stand elsewhere: <c>file:///run/secrets/key</c> is the content of a file, <c>env://NAME</c> another variable's value;
/// text after <c>?</c> is used when there is none.
/// </summary>
internal static class SettingIndirection
{
    const string file = "file://";
    const string variable = "env://";

    /// <summary>Gives the value, or null with the reason there is none.</summary>
    public static (string? Value, string? Reason) Resolve(
        string value, IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile)
    {
        if (value.StartsWith(file, StringComparison.Ordinal))
        {
            var (path, otherwise) = Split(value[file.Length..]);
            return (readFile(path)?.Trim() ?? otherwise, $"The file {path} cannot be read.");
        }

        if (value.StartsWith(variable, StringComparison.Ordinal))
        {
            var (name, otherwise) = Split(value[variable.Length..]);
            return (environment.GetValueOrDefault(name) ?? otherwise, $"The variable {name} is not set.");
        }

        return (value, null);
    }

    static (string Place, string? Otherwise) Split(string rest)
    {
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (rest, null) : (rest[..mark], rest[(mark + 1)..]);
    }
}
