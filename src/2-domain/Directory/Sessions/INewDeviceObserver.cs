using Microsoft.AspNetCore.Http;
using Postern.Directory.Users;

namespace Postern.Directory.Sessions;

/// <summary>
/// Told, in the transaction of the sign-in, when somebody signs in on a browser that is not known to be theirs: it carries no cookie of an earlier sign-in, and they have no session at its address.
/// A person's very first sign-in is not told.
/// </summary>
public interface INewDeviceObserver
{
    /// <summary>The caller saves.</summary>
    ValueTask SignedInAsync(HttpContext http, User user, Session session, CancellationToken cancellation);
}
