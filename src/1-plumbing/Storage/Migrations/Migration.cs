using System.Security.Cryptography;
using System.Text;

namespace Postern.Storage.Migrations;

/// <summary>One step of the database's schema: a SQL file embedded in the assembly of the slice that owns its tables.</summary>
public sealed record Migration(string Name, string Sql)
{
    /// <summary>Fingerprint of the text; line endings do not count, so a checkout's settings cannot change it.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}
