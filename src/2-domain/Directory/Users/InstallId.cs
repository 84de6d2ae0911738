using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Postern.Api;

namespace Postern.Directory.Users;

/// <summary>
/// The name of this installation, drawn once and kept in the database; identifiers that leave the product are derived from it. Read at the start, so that no
/// request needs a second connection for it.
/// </summary>
public sealed class InstallId(NpgsqlDataSource database) : IStartTask
{
    string? known;

    public int Order => 0;

    public async Task RunAsync(CancellationToken cancellation) => await GetAsync(cancellation);

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
