using Postern.Directory.Users;

namespace Postern.Policies.Expressions.Functions;

/// <summary>Authenticator devices of one type that users may have.</summary>
public interface IUserDevices
{
    /// <summary><c>totp</c>, <c>static</c>, <c>webauthn</c>, <c>duo</c>, <c>sms</c> or <c>email</c>.</summary>
    string DeviceType { get; }

    ValueTask<bool> HasConfirmedAsync(User user, CancellationToken cancellation);
}
