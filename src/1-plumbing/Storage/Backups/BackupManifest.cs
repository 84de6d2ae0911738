using System.Text.Json;
using System.Text.Json.Serialization;
using Postern.Storage.Migrations;

namespace Postern.Storage.Backups;

/// <summary>The table of contents of a backup, with the fingerprint of each part.</summary>
public sealed record BackupManifest
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>Version of the program that wrote it.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Version of the database server, as it tells it.</summary>
    public required string Postgres { get; init; }

    /// <summary>Tells secret keys apart without telling one.</summary>
    public required string KeyId { get; init; }

    /// <summary>What the schema has been through.</summary>
    public required IReadOnlyList<AppliedMigration> Migrations { get; init; }

    public required IReadOnlyList<BackupTable> Tables { get; init; }

    public required IReadOnlyList<BackupPartition> Partitions { get; init; }

    public required IReadOnlyList<BackupSequence> Sequences { get; init; }

    /// <summary>Files of the data folder.</summary>
    public required IReadOnlyList<BackupPart> Files { get; init; }

    [JsonIgnore]
    public long Rows => Tables.Sum(t => t.Rows);

    [JsonIgnore]
    public IEnumerable<BackupPart> Parts => Tables.Select(t => t.Content).Concat(Files);

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    internal static BackupManifest? Read(byte[] json) => JsonSerializer.Deserialize<BackupManifest>(json, JsonSerializerOptions.Web);
}

/// <summary>One entry of the archive.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Bytes">Its length, unpacked.</param>
/// <param name="Sha256">Fingerprint of its content, in hexadecimal digits.</param>
public sealed record BackupPart(string Name, long Bytes, string Sha256);

/// <summary>A table: its columns in the order of the content, which is COPY's text form.</summary>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, BackupPart Content);

/// <summary>A part of a partitioned table, and the SQL that says what belongs there.</summary>
public sealed record BackupPartition(string Table, string Name, string Bound);

/// <summary>Where a sequence stands; null where it never counted.</summary>
public sealed record BackupSequence(string Name, long? Last);
