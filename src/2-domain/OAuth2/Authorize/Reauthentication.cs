using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Kernel.Values;
using Postern.Storage.Opening;

namespace Postern.OAuth2.Authorize;

/// <summary>
/// Remembers, in the address that sign-in leads back to, which sign-in was not good enough for a request (<c>prompt=login</c>, <c>max_age</c>).
/// The mark is sealed for this very request, so nobody can make one up or use it for another.
/// </summary>
sealed class Reauthentication(SecretSeal seal)
{
    public const string Parameter = "reauthentication";

    public string Mark(AuthorizeParameters parameters, DateTimeOffset? authenticatedAt) =>
        seal.Seal(new Secret((authenticatedAt?.UtcTicks ?? 1).ToString(CultureInfo.InvariantCulture)), Purpose(parameters));

    /// <summary>Whether the person has signed in anew since the mark was made.</summary>
    public bool IsDone(AuthorizeParameters parameters, DateTimeOffset authenticatedAt) =>
        parameters[Parameter] is { } mark && SecretSeal.IsSealed(mark)
        && seal.Open(mark, Purpose(parameters)) is { } before && long.TryParse(before.Reveal, CultureInfo.InvariantCulture, out var ticks) && authenticatedAt.UtcTicks > ticks;

    static string Purpose(AuthorizeParameters parameters)
    {
        var text = string.Join('\n', parameters.All.Where(p => p.Key is not Parameter).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        return $"oauth2.reauthentication:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }
}
