namespace Postern.Kernel.Settings;

/// <summary>What tokens get where nothing else is said; the system settings answer it.</summary>
public interface ITokenDefaults
{
    /// <summary>How long a token lives and how many characters its key has.</summary>
    ValueTask<(TimeSpan Lifetime, int KeyLength)> GetAsync(CancellationToken cancellation);
}
