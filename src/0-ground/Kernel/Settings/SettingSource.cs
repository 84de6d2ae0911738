namespace Postern.Kernel.Settings;

/// <summary>
/// The environment variables that are settings, under their names without prefix. Ours (<c>POSTERN_</c>) win over the reference's
/// (<c>AUTHENTIK_</c>); empty values count as absent, as compose files leave them.
/// </summary>
internal sealed class SettingSource
{
    const string own = "POSTERN_";
    const string alias = "AUTHENTIK_";

    readonly Dictionary<string, (string Variable, string Value)> values = new(StringComparer.Ordinal);

    public SettingSource(IEnumerable<KeyValuePair<string, string>> environment)
    {
        // Aliases first, so that our own names overwrite them.
        foreach (var (variable, value) in environment.OrderBy(pair => pair.Key.StartsWith(own, StringComparison.OrdinalIgnoreCase)))
        {
            var prefix = new[] { own, alias }.FirstOrDefault(known => variable.StartsWith(known, StringComparison.OrdinalIgnoreCase));
            if (prefix is not null && value.Length > 0)
                values[variable[prefix.Length..].ToUpperInvariant()] = (variable, value);
        }
    }

    public IEnumerable<(string Name, string Variable)> All => values.Select(pair => (pair.Key, pair.Value.Variable));

    public static bool IsOwn(string variable) => variable.StartsWith(own, StringComparison.OrdinalIgnoreCase);

    public static string OwnVariable(string name) => own + name;

    public (string Variable, string Value)? Find(string name) => values.TryGetValue(name, out var found) ? found : null;
}
