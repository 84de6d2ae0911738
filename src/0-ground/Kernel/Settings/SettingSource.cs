namespace Postern.Kernel.Settings;

/// <summary>
/// The environment variables that are settings, under their names without prefix. Those under a program's own prefix win over those under
/// its alias; empty values count as absent, as compose files leave them.
/// </summary>
public sealed class SettingSource
{
    readonly string own;
    readonly Dictionary<string, (string Variable, string Value)> values = new(StringComparer.Ordinal);

    public SettingSource(IEnumerable<KeyValuePair<string, string>> environment, string own, string? alias = null)
    {
        this.own = own;
        string[] prefixes = alias is null ? [own] : [own, alias];
        // Aliases first, so that our own names overwrite them.
        foreach (var (variable, value) in environment.OrderBy(pair => pair.Key.StartsWith(own, StringComparison.OrdinalIgnoreCase)))
        {
            var prefix = prefixes.FirstOrDefault(known => variable.StartsWith(known, StringComparison.OrdinalIgnoreCase));
            if (prefix is not null && value.Length > 0)
                values[variable[prefix.Length..].ToUpperInvariant()] = (variable, value);
        }
    }

    public IEnumerable<(string Name, string Variable)> All => values.Select(pair => (pair.Key, pair.Value.Variable));

    public bool IsOwn(string variable) => variable.StartsWith(own, StringComparison.OrdinalIgnoreCase);

    public string OwnVariable(string name) => own + name;

    public (string Variable, string Value)? Find(string name) => values.TryGetValue(name, out var found) ? found : null;
}
