using Postern.Kernel.Access;

namespace Postern.Directory.Rights;

/// <summary>Compares what callers and roles may do; the slice of roles answers it.</summary>
public interface IRights
{
    /// <summary>Those of the roles that hold a right which the caller does not.</summary>
    ValueTask<IReadOnlyList<Guid>> AboveAsync(Caller caller, IReadOnlyCollection<Guid> roles, CancellationToken cancellation);

    /// <summary>The caller's rights on the installation as a whole, without their app name.</summary>
    ValueTask<IReadOnlyList<string>> SystemPermissionsAsync(Caller caller, CancellationToken cancellation);
}
