using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Postern.Directory.Users;

/// <summary>The name of this installation, drawn once and kept in the database; identifiers that leave the product are derived from it.</summary>
public sealed class InstallId(NpgsqlDataSource database)
{
    string? known;

    public async ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        if (known is null)
        {
            await using var command = database.CreateCommand("SELECT id FROM install");
            known = (string)(await command.ExecuteScalarAsync(cancellation))!;
        }
        return known;
    }

    /// <summary>A user's <c>uid</c>: it stays the same through renames and tells nothing about the user.</summary>
    public async ValueTask<string> UidAsync(int user, CancellationToken cancellation) => Uid(user, await GetAsync(cancellation));

    /// <summary>SHA-256 of <c>{pk}-{installation}</c>, in lower-case hexadecimal digits.</summary>
    public static string Uid(int user, string install) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{user}-{install}"))));
}
