using Postern.Directory.Exports;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Directory.Imports;

/// <summary>A file of users: a header with names of fields, then a row for each user.</summary>
public sealed class UserTable
{
    /// <summary>Columns that an import reads.</summary>
    public static readonly IReadOnlyList<string> Columns = ["username", "name", "email", "path", "type", "is_active", "attributes", "groups", "password_hash"];

    UserTable(IReadOnlyList<UserRow> rows) => Rows = rows;

    public IReadOnlyList<UserRow> Rows { get; }

    /// <summary>Whether any row brings a password.</summary>
    public bool HasPasswords => Rows.Any(r => r["password_hash"].Length > 0);

    /// <summary>Reads a file. Columns of an export that only the product writes are passed over. Faults: invalid (broken file, unknown columns, rows of another width).</summary>
    public static Result<UserTable> Read(string text)
    {
        if (!CsvText.Read(text).Succeeded(out var rows, out var broken))
            return broken;
        if (rows.Count == 0)
            return Wrong("The file is empty.");
        List<string> header = [.. rows[0].Cells.Select(c => c.Trim().ToLowerInvariant())];
        if (Refusal(header) is { } refusal)
            return Wrong(refusal);
        if (rows.Count == 1)
            return Wrong("The file has a header and no rows.");
        if (rows.FirstOrDefault(r => r.Cells.Count != header.Count) is { } odd)
            return Wrong($"Line {odd.Line} has {odd.Cells.Count} cells, the header has {header.Count}.");
        return new UserTable([.. rows.Skip(1).Select(r => new UserRow(r.Line, header.Zip(r.Cells).ToDictionary(c => c.First, c => Plain(c.Second), StringComparer.Ordinal)))]);
    }

    static string? Refusal(List<string> header)
    {
        if (header.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return $"The column \"{twice.Key}\" stands there twice.";
        if (header.Contains("password", StringComparer.Ordinal))
            return "Passwords in clear are not imported. Give hashes in a column \"password_hash\", or let people set their password by a recovery link.";
        var unknown = header.FirstOrDefault(c => !Columns.Contains(c, StringComparer.Ordinal) && UserKind.Kind.Find(c) is null);
        if (unknown is not null)
            return $"There is no column \"{unknown}\"{(NearestName.To(unknown, Columns) is var near && NearestName.Distance(unknown, near) <= 3 ? $"; did you mean \"{near}\"?" : ".")} Columns are: {string.Join(", ", Columns)}.";
        return header.Contains("username", StringComparer.Ordinal) ? null : "The column \"username\" is missing.";
    }

    /// <summary>Without the apostrophe by which exports disarm formulas.</summary>
    static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && CsvWriter.IsFormula(cell[1..]) ? cell[1..] : cell;

    static Fault.Invalid Wrong(string message) => Fault.Field("file", message);
}

/// <summary>One user of a file; missing cells are empty.</summary>
public sealed record UserRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(column, "").Trim();
}
