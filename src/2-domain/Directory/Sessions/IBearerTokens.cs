namespace Postern.Directory.Sessions;

/// <summary>Bearer tokens that open the API besides those of the directory; whoever issues them implements it.</summary>
public interface IBearerTokens
{
    /// <summary>The active user in whose name a live token may call the API; null where it is none of these.</summary>
    ValueTask<int?> UserOfAsync(string token, CancellationToken cancellation);
}
