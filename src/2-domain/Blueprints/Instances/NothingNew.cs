using System.Text;
using Npgsql;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;

namespace Postern.Blueprints.Instances;

/// <summary>
/// Tells by hashes alone whether everything is applied already. Asked at each start, so it reads no file that has an instance and does without the object mapper:
/// building its model would keep the first request waiting.
/// </summary>
internal sealed class NothingNew(NpgsqlDataSource database, BlueprintSettings settings)
{
    public async Task<bool> ExecuteAsync(IReadOnlyList<BlueprintFile> files, CancellationToken cancellation)
    {
        var hashes = files.ToDictionary(f => f.Path, f => f.Hash, StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        await using var command = database.CreateCommand("SELECT path, content, enabled, last_applied_hash FROM blueprint_instance");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var (path, content) = (row.GetString(0), row.GetString(1));
            var hash = path.Length > 0 ? hashes.GetValueOrDefault(path) : BlueprintFile.HashOf(Encoding.UTF8.GetBytes(content));
            var isApplied = hash is not null && (!row.GetBoolean(2) || string.Equals(hash, row.GetString(3), StringComparison.Ordinal));
            if (!isApplied)
                return false;
            known.Add(path);
        }
        return files.Where(f => !known.Contains(f.Path)).All(IsNotMeantToBe);
    }

    bool IsNotMeantToBe(BlueprintFile file) =>
        BlueprintReader.Read(file.Content.Span, settings.Limits).Blueprint is not { } blueprint || blueprint.Metadata?.Labels.GetValueOrDefault(BlueprintLabels.Instantiate) is "false";
}
