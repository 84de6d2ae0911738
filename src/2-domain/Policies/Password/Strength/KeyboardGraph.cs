namespace Postern.Policies.Password.Strength;

/// <summary>Which keys lie beside which, by direction.</summary>
sealed class KeyboardGraph
{
    readonly Dictionary<char, string?[]> neighbours = [];

    KeyboardGraph(bool isSlanted, params string[] rows)
    {
        IsKeyboard = isSlanted;
        var keys = new Dictionary<(int X, int Y), string>();
        for (var y = 0; y < rows.Length; y++)
        {
            foreach (var (x, key) in rows[y].Split(' ').Index().Where(k => k.Item.Length > 0 && !string.Equals(k.Item, "_", StringComparison.Ordinal)))
                keys[(x, y)] = key;
        }
        (int X, int Y)[] directions = isSlanted
            ? [(-1, 0), (0, -1), (1, -1), (1, 0), (0, 1), (-1, 1)]
            : [(-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1)];
        foreach (var (place, key) in keys)
        {
            string?[] around = [.. directions.Select(d => keys.GetValueOrDefault((place.X + d.X, place.Y + d.Y)))];
            foreach (var character in key)
                neighbours[character] = around;
        }
        AverageDegree = neighbours.Values.Average(n => n.Count(k => k is not null));
    }

    // A key is its plain character and its shifted one; a lone underscore leaves a gap.
    public static readonly IReadOnlyList<KeyboardGraph> All =
    [
        new(isSlanted: true, "`~ 1! 2@ 3# 4$ 5% 6^ 7& 8* 9( 0) -_ =+", "_ qQ wW eE rR tT yY uU iI oO pP [{ ]} \\|", "_ aA sS dD fF gG hH jJ kK lL ;: '\"", "_ zZ xX cC vV bB nN mM ,< .> /?"),
        new(isSlanted: true, "`~ 1! 2@ 3# 4$ 5% 6^ 7& 8* 9( 0) [{ ]}", "_ '\" ,< .> pP yY fF gG cC rR lL /? =+ \\|", "_ aA oO eE uU iI dD hH tT nN sS -_", "_ ;: qQ jJ kK xX bB mM wW vV zZ"),
        new(isSlanted: false, "_ / * -", "7 8 9 +", "4 5 6", "1 2 3", "_ 0 ."),
        new(isSlanted: false, "_ = / *", "7 8 9 -", "4 5 6 +", "1 2 3", "_ 0 ."),
    ];

    /// <summary>A whole keyboard, with shifted keys; otherwise a keypad.</summary>
    public bool IsKeyboard { get; }

    public int Keys => neighbours.Count;

    public double AverageDegree { get; }

    /// <summary>The direction from one character's key to the other's, and whether the other needs shift; null when they are no neighbours.</summary>
    public (int Direction, bool IsShifted)? Step(char from, char to)
    {
        if (!neighbours.TryGetValue(from, out var around))
            return null;
        for (var direction = 0; direction < around.Length; direction++)
        {
            if (around[direction]?.IndexOf(to, StringComparison.Ordinal) is { } at and >= 0)
                return (direction, at == 1);
        }
        return null;
    }
}
