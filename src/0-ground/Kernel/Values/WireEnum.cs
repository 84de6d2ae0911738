using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;

namespace Postern.Kernel.Values;

/// <summary>The wire names of an enum: <see cref="JsonStringEnumMemberNameAttribute"/>, else the member's name in snake_case.</summary>
public static class WireEnum<T>
    where T : struct, Enum
{
    static readonly WireNames Names = new(typeof(T));

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<string> All => Names.All;

    public static string Name(T value) => Names.Of(Unsafe.As<T, int>(ref value));

    public static bool TryParse(string? name, out T value)
    {
        var number = 0;
        var isKnown = name is not null && Names.TryFind(name, out number);
        value = Unsafe.As<int, T>(ref number);
        return isKnown;
    }

    public static T Parse(string name) => TryParse(name, out var value) ? value : throw new FormatException($"{name} is no {typeof(T).Name}");
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
