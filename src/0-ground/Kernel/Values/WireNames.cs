using System.Reflection;
using System.Text.Json.Serialization;

namespace Postern.Kernel.Values;

/// <summary>The wire names of one enum. Not generic: code made anew for each of the many enums would have to be compiled at each start.</summary>
sealed class WireNames
{
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly Dictionary<int, string> names = [];

    public WireNames(Type type)
    {
        if (Enum.GetUnderlyingType(type) != typeof(int))
            throw new ArgumentException($"{type} must be an enum of int.", nameof(type));
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var name = field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? SnakeCase.Of(field.Name);
            var number = (int)field.GetRawConstantValue()!;
            numbers.Add(name, number);
            names.Add(number, name);
        }
        All = [.. names.OrderBy(n => (uint)n.Key).Select(n => n.Value)];
    }

    /// <summary>In the order of their numbers, as <see cref="Enum.GetValues(Type)"/> has them.</summary>
    public IReadOnlyList<string> All { get; }

    public string Of(int number) => names[number];

    public bool TryFind(string name, out int number) => numbers.TryGetValue(name, out number);
}
