using System.Data.Common;
using System.Text.Json;

namespace Postern.Events.Chain;

/// <summary>An event as its seal covers it: every column but the mark of where it came from, because events of other programs are not sealed.</summary>
sealed record SealedEvent(Guid Pk, long Position, DateTimeOffset Created, DateTimeOffset Expires, byte[] Leaf)
{
    static readonly string[] names = ["pk", "position", "user", "action", "app", "context", "client_ip", "created", "expires", "brand"];

    /// <summary>The columns that <see cref="Read"/> takes, in their order.</summary>
    public const string Columns = """pk, position, "user"::text, action, app, context::text, client_ip, created, expires, brand::text""";

    /// <summary>The values that the hash is taken of.</summary>
    public required string?[] Values { get; init; }

    public static SealedEvent Read(DbDataReader row)
    {
        var (pk, position, created, expires) = (row.GetGuid(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8));
        string?[] values =
        [
            pk.ToString(), Canonical.Number(position), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
            row.IsDBNull(6) ? null : row.GetString(6), Canonical.Time(created), Canonical.Time(expires), row.GetString(9),
        ];
        return new SealedEvent(pk, position, created, expires, Canonical.Hash(values)) { Values = values };
    }

    /// <summary>Writes the values under their names, each as the text that the hash is taken of.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < names.Length; i++)
            json.WriteString(names[i], Values[i]);
        json.WriteEndObject();
    }
}
