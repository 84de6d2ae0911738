using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;

namespace Postern.Kernel.Values;

/// <summary>The wire names of an enum: <see cref="JsonStringEnumMemberNameAttribute"/>, else the member's name in snake_case.</summary>
public static class WireEnum<T>
    where T : struct, Enum
{
    static readonly FrozenDictionary<string, T> ByName = Enum.GetValues<T>().ToFrozenDictionary(Spell, StringComparer.Ordinal);
    static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(v => v, Spell);

    public static IEnumerable<string> All => Enum.GetValues<T>().Select(v => Names[v]);

    public static string Name(T value) => Names[value];

    public static bool TryParse(string? name, out T value)
    {
        value = default;
        return name is not null && ByName.TryGetValue(name, out value);
    }

    public static T Parse(string name) => TryParse(name, out var value) ? value : throw new FormatException($"{name} is no {typeof(T).Name}");

    static string Spell(T value)
    {
        var member = value.ToString();
        var attribute = typeof(T).GetField(member)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>();
        return attribute?.Name ?? SnakeCase.Of(member);
    }
}

/// <summary>PascalCase to snake_case, as columns and wire names are spelt.</summary>
public static class SnakeCase
{
    public static string Of(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 8);
        for (var i = 0; i < pascal.Length; i++)
        {
            if (char.IsUpper(pascal[i]) && i > 0 && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(pascal[i]));
        }
        return text.ToString();
    }
}
