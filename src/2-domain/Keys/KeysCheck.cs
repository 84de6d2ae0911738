using System.Globalization;
using Postern.Storage;
using Postern.Storage.Checks;

namespace Postern.Keys;

/// <summary>Certificates that end soon.</summary>
sealed class KeysCheck(PosternDb db, TimeProvider clock) : ICheck
{
    static readonly TimeSpan soon = TimeSpan.FromDays(30);

    public string Name => "certificates";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        List<Finding> findings = [];
        await using (var rows = await db.ReadAsync("SELECT name, cert_expiry FROM certificate_key_pair WHERE cert_expiry < $1 ORDER BY cert_expiry, name", cancellation, now + soon))
        {
            while (await rows.ReadAsync(cancellation))
            {
                var (name, end) = (rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1));
                var advice = $"Make or upload another under System > Certificates, and choose it where {name} is used.";
                findings.Add(end <= now
                    ? Finding.Error(string.Create(CultureInfo.InvariantCulture, $"The certificate {name} expired on {end:yyyy-MM-dd}."), advice)
                    : Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"The certificate {name} expires on {end:yyyy-MM-dd}."), advice));
            }
        }
        return findings.Count > 0 ? findings : [Finding.Good("No certificate ends within 30 days.")];
    }
}
