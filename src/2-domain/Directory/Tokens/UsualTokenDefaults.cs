using Postern.Kernel.Settings;

namespace Postern.Directory.Tokens;

/// <summary>The documented defaults, where no system settings say otherwise.</summary>
sealed class UsualTokenDefaults : ITokenDefaults
{
    public ValueTask<(TimeSpan Lifetime, int KeyLength)> GetAsync(CancellationToken cancellation) => ValueTask.FromResult((TimeSpan.FromDays(1), 60));
}
