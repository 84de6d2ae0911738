namespace Postern.Blueprints.Importing;

/// <summary>Whether a valid licence is installed, for the built-in context.</summary>
public interface ILicensed
{
    /// <summary>True while enterprise features may be used.</summary>
    ValueTask<bool> IsLicensedAsync(CancellationToken cancellation);
}

/// <summary>No licence; stands in until licences are part of the product.</summary>
internal sealed class NotLicensed : ILicensed
{
    public ValueTask<bool> IsLicensedAsync(CancellationToken cancellation) => ValueTask.FromResult(false);
}
