namespace Postern.Api.Kinds;

/// <summary>The page sizes in force; system settings answer it.</summary>
public interface IPageLimits
{
    /// <summary>Default and largest number of objects on one page.</summary>
    ValueTask<(int Default, int Max)> GetAsync(CancellationToken cancellation);
}
