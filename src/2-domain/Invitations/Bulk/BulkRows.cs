using System.Text.Json.Nodes;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Invitations.Bulk;

/// <summary>Rows of batches in their table.</summary>
static class BulkRows
{
    /// <summary>Wrong rows that a batch tells of; the result file has all.</summary>
    const int MostProblems = 100;

    /// <summary>Writes the rows beside the batch, in the current transaction.</summary>
    public static async Task AddAsync(PosternDb db, Guid batch, IReadOnlyList<BulkRow> rows, CancellationToken cancellation)
    {
        foreach (var part in rows.Chunk(1000))
        {
            await db.ExecuteAsync(
                "INSERT INTO invitation_row (batch_pk, line, body) SELECT $1, line, body::jsonb FROM unnest($2::integer[], $3::text[]) AS r (line, body)",
                cancellation, batch, part.Select(r => r.Line).ToArray(), part.Select(r => r.Body.ToJsonString()).ToArray());
        }
    }

    /// <summary>The next rows after a line; with <paramref name="onlyOpen"/> those that nothing came of yet.</summary>
    public static async Task<List<BulkRow>> NextAsync(PosternDb db, Guid batch, int after, bool onlyOpen, int take, CancellationToken cancellation)
    {
        var found = new List<BulkRow>();
        var sql = $"SELECT line, body::text FROM invitation_row WHERE batch_pk = $1 AND line > $2{(onlyOpen ? " AND NOT done" : "")} ORDER BY line LIMIT $3";
        await using var rows = await db.ReadAsync(sql, cancellation, batch, after, take);
        while (await rows.ReadAsync(cancellation))
            found.Add(new BulkRow(rows.GetInt32(0), JsonNode.Parse(rows.GetString(1))!.AsObject()));
        return found;
    }

    /// <summary>The first wrong rows of each batch of a page.</summary>
    public static async ValueTask<Func<InvitationBatch, object?>> ProblemsAsync(IReadOnlyList<InvitationBatch> page, LoadContext context)
    {
        var problems = page.ToDictionary(b => b.Pk, _ => new JsonArray());
        const string sql = """
            SELECT b.pk, r.line, r.body->>'email', r.error FROM unnest($1::uuid[]) AS b (pk)
            CROSS JOIN LATERAL (SELECT line, body, error FROM invitation_row WHERE batch_pk = b.pk AND error <> '' ORDER BY line LIMIT $2) r
            """;
        await using var rows = await context.Db.ReadAsync(sql, context.Cancellation, page.Select(b => b.Pk).ToArray(), MostProblems);
        while (await rows.ReadAsync(context.Cancellation))
            problems[rows.GetGuid(0)].Add(new JsonObject { ["line"] = rows.GetInt32(1), ["email"] = rows.IsDBNull(2) ? "" : rows.GetString(2), ["message"] = rows.GetString(3) });
        return batch => problems[batch.Pk];
    }
}

/// <summary>One row: cells by column.</summary>
/// <param name="Line">Line of the file, or place in the list, from 1.</param>
public sealed record BulkRow(int Line, JsonObject Body)
{
    public string this[string column] => Body[column]?.ToString().Trim() ?? "";
}
