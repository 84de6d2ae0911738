using Npgsql;

namespace Postern.Storage.Migrations;

/// <summary>
/// Runs a script of several statements as one value the server executes: errors then carry their place in the whole script (the driver
/// would cut it into statements and count from the start of each), and a script cannot commit half of itself.
/// </summary>
internal static class WholeScript
{
    const string outer = "$migration_outer$";
    const string inner = "$migration_inner$";

    public static string Command(string script) => $"DO {outer} BEGIN EXECUTE {inner}{script}{inner}; END {outer}";

    /// <summary>" in line 12", or nothing where the server named no place.</summary>
    public static string Place(string script, PostgresException error)
    {
        // A function called by the script has a text and places of its own.
        if (error.InternalPosition <= 0 || !string.Equals(error.InternalQuery, script, StringComparison.Ordinal))
            return "";
        return $" in line {script.AsSpan(0, Math.Min(error.InternalPosition, script.Length)).Count('\n') + 1}";
    }
}
