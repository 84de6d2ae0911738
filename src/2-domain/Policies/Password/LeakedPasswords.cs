using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Policies.Password;

/// <summary>
/// Asks Have I Been Pwned how often a password stands in leaks. Only the first five digits of its SHA-1 leave the house
/// (https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange), and answers are padded so that their size tells nothing.
/// </summary>
sealed class LeakedPasswords(HttpClient http)
{
    const int PrefixLength = 5;

    /// <summary>The number of times; null when the service does not answer.</summary>
    public async Task<int?> CountAsync(string password, CancellationToken cancellation)
    {
        var hash = Convert.ToHexString(CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(password)));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"range/{hash[..PrefixLength]}");
            request.Headers.Add("Add-Padding", "true");
            using var response = await http.SendAsync(request, cancellation);
            response.EnsureSuccessStatusCode();
            return Find(await response.Content.ReadAsStringAsync(cancellation), hash[PrefixLength..]);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    internal static int Find(string answer, string suffix)
    {
        foreach (var line in answer.AsSpan().EnumerateLines())
        {
            if (line.Length > suffix.Length && line[suffix.Length] == ':' && line.StartsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return int.Parse(line[(suffix.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
        }
        return 0;
    }
}
