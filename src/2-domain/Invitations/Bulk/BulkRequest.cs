using System.Text.Json.Nodes;
using Postern.Directory.Exports;
using Postern.Directory.Imports;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;

namespace Postern.Invitations.Bulk;

/// <summary>Many people to invite, and what all invitations have in common.</summary>
/// <param name="Rows">The people.</param>
/// <param name="Template">Fields of an invitation.</param>
public sealed record BulkRequest(IReadOnlyList<BulkRow> Rows, JsonObject Template)
{
    /// <summary>Columns that a row may have.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["email", "name", "username", "invitation", "expires", "send_at", "groups", "roles", "user_path", "user_type", "account_ends", "locale", "message", "attributes"];

    /// <summary>Most rows of one batch.</summary>
    public const int MostRows = 100_000;

    public bool DryRun { get; init; }

    public bool KeepGoing { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>Rows of a CSV file with a header. Faults: invalid (a broken file, unknown columns).</summary>
    public static Result<IReadOnlyList<BulkRow>> OfCsv(string text)
    {
        if (!CsvText.Read(text).Succeeded(out var rows, out var broken))
            return broken;
        if (rows.Count < 2)
            return Fault.Field("file", "The file needs a header and at least one row.");
        List<string> header = [.. rows[0].Cells.Select(c => c.Trim().ToLowerInvariant())];
        if (header.Find(c => !Columns.Contains(c, StringComparer.Ordinal)) is { } unknown)
        {
            var near = NearestName.To(unknown, Columns);
            return Fault.Field("file", $"There is no column \"{unknown}\"{(NearestName.Distance(unknown, near) <= 3 ? $"; did you mean \"{near}\"?" : ".")} Columns are: {string.Join(", ", Columns)}.");
        }
        if (rows.FirstOrDefault(r => r.Cells.Count != header.Count) is { } odd)
            return Fault.Field("file", $"Line {odd.Line} has {odd.Cells.Count} cells, the header has {header.Count}.");
        return Result<IReadOnlyList<BulkRow>>.Of([.. rows.Skip(1).Select(r => new BulkRow(r.Line, new JsonObject(header.Zip(r.Cells).Select(c => KeyValuePair.Create(c.First, (JsonNode?)Plain(c.Second))))))]);
    }

    /// <summary>Addresses as people paste them: one a line or with separators, alone or as <c>Jane Doe &lt;jane@example.com&gt;</c>.</summary>
    public static IReadOnlyList<BulkRow> OfPaste(string text) =>
        [.. text.Split([',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((part, i) => new BulkRow(i + 1, One(part)))];

    static JsonObject One(string part)
    {
        var open = part.LastIndexOf('<');
        return open > 0 && part.EndsWith('>') && EmailAddress.IsValid(part[(open + 1)..^1])
            ? new JsonObject { ["name"] = part[..open].Trim().Trim('"'), ["email"] = part[(open + 1)..^1] }
            : new JsonObject { ["email"] = part };
    }

    /// <summary>Without the apostrophe by which exports disarm formulas.</summary>
    static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && CsvWriter.IsFormula(cell[1..]) ? cell[1..] : cell;
}
